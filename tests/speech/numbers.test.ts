import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readDigits, readingOf } from '../../src/speech/index.ts'
import { syllablesIn } from '../../src/speech/syllables.ts'

it.each([
  ['13800138000', '幺三八，零零幺三，八零零零'],
  ['010-6512 3456', '零幺零，六五幺二，三四五六'],
  ['65123456', '六五幺二，三四五六'],
  ['110', '幺幺零'],
  ['12345', '幺二，三四五'],
  ['BJ2601051234567', 'B J 二六，零幺零五，幺二三四，五六七'],
])('reads %s digit by digit in groups', (number, spoken) => {
  expect(readDigits(number, readingOf('zh-CN')).replaceAll(/[， ]/g, '')).toBe(
    spoken.replaceAll(/[， ]/g, ''),
  )
  if (/^\d/.test(number)) expect(readDigits(number, readingOf('zh-CN'))).toBe(spoken)
})

it('reads digits in English', () => {
  expect(readDigits('13800138000', readingOf('en-US'))).toBe(
    'one three eight, zero zero one three, eight zero zero zero',
  )
})

it('loses no digit and makes no group over four or, from six digits on, under three', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,40}$/), number => {
      const groups = readDigits(number, readingOf('zh-CN')).split('，')
      expect(groups.join('')).toHaveLength(number.length)
      for (const group of groups) {
        expect(group.length).toBeLessThanOrEqual(4)
        if (number.length >= 6) expect(group.length).toBeGreaterThanOrEqual(3)
      }
    }),
  )
})

it('has nothing to read in nothing', () => {
  expect(readDigits('', readingOf('zh-CN'))).toBe('')
})

it.each([
  ['您好，请按 0。', 5],
  ['Press zero for a person.', 7],
  ['the hotline', 3],
  ['R&D', 2],
  ['', 0],
])('hears the syllables of "%s"', (text, syllables) => {
  expect(syllablesIn(text)).toBe(syllables)
})
