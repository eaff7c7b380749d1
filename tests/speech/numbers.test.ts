import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCount, readDigits, readTime } from '../../src/speech/index.ts'
import { syllablesIn } from '../../src/speech/syllables.ts'

it.each([
  ['13800138000', '幺三八，零零幺三，八零零零'],
  ['010-6512 3456', '零幺零，六五幺二，三四五六'],
  ['65123456', '六五幺二，三四五六'],
  ['110', '幺幺零'],
  ['12345', '幺二，三四五'],
  ['BJ2601051234567', 'B J 二六，零幺零五，幺二三四，五六七'],
])('reads %s digit by digit in groups', (number, spoken) => {
  expect(readDigits(number, 'zh-CN').replaceAll(/[， ]/g, '')).toBe(spoken.replaceAll(/[， ]/g, ''))
  if (/^\d/.test(number)) expect(readDigits(number, 'zh-CN')).toBe(spoken)
})

it('reads digits in English', () => {
  expect(readDigits('13800138000', 'en-US')).toBe(
    'one three eight, zero zero one three, eight zero zero zero',
  )
})

it('loses no digit and makes no group over four or, from six digits on, under three', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,40}$/), number => {
      const groups = readDigits(number, 'zh-CN').split('，')
      expect(groups.join('')).toHaveLength(number.length)
      for (const group of groups) {
        expect(group.length).toBeLessThanOrEqual(4)
        if (number.length >= 6) expect(group.length).toBeGreaterThanOrEqual(3)
      }
    }),
  )
})

it('has nothing to read in nothing', () => {
  expect(readDigits('', 'zh-CN')).toBe('')
})

it.each([
  [0, '零'],
  [2, '两'],
  [3, '三'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [22, '二十二'],
  [101, '一百零一'],
  [110, '一百一十'],
  [1001, '一千零一'],
  [2020, '二千零二十'],
  [9999, '九千九百九十九'],
])('counts %i as %s', (count, spoken) => {
  expect(readCount(count, 'zh-CN')).toBe(spoken)
})

it.each([
  [0, 0, '零点整', '12 a.m.'],
  [2, 5, '两点零五分', '2 oh 5 a.m.'],
  [12, 30, '十二点三十分', '12 30 p.m.'],
  [20, 15, '二十点十五分', '8 15 p.m.'],
])('tells %i:%i', (hour, minute, chinese, english) => {
  expect(readTime(hour, minute, 'zh-CN')).toBe(chinese)
  expect(readTime(hour, minute, 'en')).toBe(english)
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
