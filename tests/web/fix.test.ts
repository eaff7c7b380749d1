import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CaptionLine } from '../../src/captions/api.ts'
import { fixLine } from '../../src/captions/line.ts'
import { fixOf } from '../../src/web/captions/fix.ts'

it('tells the shortest change that makes a line read as it should', () => {
  expect(fixOf(3, '明天部门来修', '明天不能来修')).toEqual({
    kind: 'fix',
    line: 3,
    at: 2,
    found: '部门',
    becomes: '不能',
  })
  expect(fixOf(3, '我有暖气', '我没有暖气')).toMatchObject({ at: 0, found: '我', becomes: '我没' })
  expect(fixOf(3, '有', '没有')).toMatchObject({ at: 0, found: '有', becomes: '没有' })
  expect(fixOf(3, '一样', '一样')).toBeUndefined()
})

it('always comes to what was meant, in the house, too', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const line: CaptionLine = {
        id: 1,
        who: 'seat',
        kind: 'speech',
        text: before,
        settled: true,
        startMs: 0,
        endMs: 0,
      }
      const fix = fixOf(1, before, after)
      const mended = fix ? fixLine(line, fix.found, fix.becomes, fix.at) : line
      expect(mended?.text).toBe(after)
    }),
  )
})
