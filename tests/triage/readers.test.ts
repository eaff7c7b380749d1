/** Figures and times, as people say them. */
import { describe, expect, it } from 'vitest'
import { readCall } from '../../src/triage/index.ts'
import { numberIn } from '../../src/triage/reading/numerals.ts'

describe('a figure', () => {
  it.each([
    ['十四', 14],
    ['三千五', 3500],
    ['两万三', 23_000],
    ['一百零五', 105],
    ['一百五十二', 152],
    ['十四点五', 14.5],
    ['3.5万', 35_000],
    ['一万二千', 12_000],
    ['二十', 20],
    ['一亿三千万', 130_000_000],
    ['十四五', undefined],
    ['三四', undefined],
    ['百', undefined],
    ['一三八', undefined],
    ['', undefined],
  ])('%s is %s', (said, value) => expect(numberIn(said)).toBe(value))
})

describe('a time', () => {
  const sinceAt = (text: string, now: string, timeZone = 'Asia/Shanghai') =>
    readCall(text, { nowMs: Date.parse(now), timeZone }).fields.find(({ field }) => field === 'since')?.value

  it('is told in the zone of the city', () => {
    expect(sinceAt('从昨天停水', '2026-11-29T17:00Z')).toBe('2026-11-29')
    expect(sinceAt('从昨天停水', '2026-11-29T17:00Z', 'Europe/London')).toBe('2026-11-28')
  })

  it.each([
    ['从12月30号开始停水', '2025-12-30'],
    ['从一月二号开始停水', '2026-01-02'],
    ['上周五开始停水', '2025-12-26'],
    ['从上个月开始停水', '2025-12'],
    ['停水三天了', '2025-12-31'],
    ['今晚开始停水', undefined],
    ['明天开始停水', undefined],
    ['从2月30号开始停水', undefined],
  ])('crosses the year: %s', (text, value) => expect(sinceAt(text, '2026-01-03T02:00Z')).toBe(value))
})

it.each([
  ['花家地北里3号楼2单元501', '花家地北里3号楼2单元501'],
  ['家住花家地北里三号楼二单元五零一没有暖气', '花家地北里三号楼二单元五零一'],
  ['住在花家地北里3号楼-501，没水', '花家地北里3号楼-501'],
  ['花家地北里3号楼2单元501室没水', '花家地北里3号楼2单元501室'],
  ['花家地北里3号楼2单元300多户停水', '花家地北里3号楼2单元'],
  ['花家地北里3号楼120户停水', '花家地北里3号楼'],
  ['花家地北里3号楼一二三层都没水', '花家地北里3号楼一二三层'],
  ['花家地北里3号楼2单元13800138000', '花家地北里3号楼2单元'],
  ['花家地北里3号楼2单元1200块钱没退', '花家地北里3号楼2单元'],
])('reads the flat with the house it is in, and no number that counts something: %s', (text, place) => {
  const { fields } = readCall(text, { nowMs: 0, timeZone: 'Asia/Shanghai' })
  expect(fields.filter(({ field }) => field === 'place').map(({ value }) => value)).toEqual([place])
})

it('reads ten thousand words as soon as the first ten thousand characters', () => {
  const text = '从昨天晚上停水，电话13800138000，'.repeat(2000)
  const { fields } = readCall(text, { nowMs: 0, timeZone: 'Asia/Shanghai' })
  expect(fields.every(({ to }) => to <= 10_000)).toBe(true)
})
