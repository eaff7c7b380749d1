/** A caller tells the number of a card: whoever needs captions reads on, and nothing of it is kept. */
import { expect, it } from 'vitest'
import type { CaptionLine } from '../../src/captions/api.ts'
import { createWithheld } from '../../src/captions/withheld.ts'

let nowMs = 0
const line = (text: string, startMs: number, endMs: number, who: CaptionLine['who'] = 'citizen') =>
  ({ id: startMs, who, kind: 'speech', text, settled: true, startMs, endMs }) satisfies CaptionLine

it('keeps what was said before and after, and nothing that reaches into the pause', () => {
  const withheld = createWithheld(() => nowMs)
  nowMs = 1_000
  expect(withheld.turn(true)).toBe(true)
  expect(withheld.turn(true)).toBe(false)
  nowMs = 5_000
  expect(withheld.turn(false)).toBe(true)
  const lines = [
    line('我的医保卡丢了', 0, 900),
    line('卡号是六二二八', 800, 2_000),
    line('四八零零', 2_500, 3_000, 'third'),
    line('请继续', 4_000, 4_500, 'system'),
    line('尾号一二', 4_900, 6_000),
    line('好的，已经登记', 6_100, 7_000, 'seat'),
  ]
  expect(withheld.keepable(lines).map(({ text }) => text)).toEqual([
    '我的医保卡丢了',
    '请继续',
    '好的，已经登记',
  ])
})

it('keeps nothing from a pause on that the call ends in', () => {
  nowMs = 1_000
  const withheld = createWithheld(() => nowMs)
  withheld.turn(true)
  const typed = [line('尾号', 1_000, 1_000), line('一二', 900_000, 900_000)]
  expect(withheld.keepable(typed)).toEqual([])
})
