/** 全国年节及纪念日放假办法 (2024), article 2, against the published calendars of the years to come. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lawfulHolidays, publishedNotice } from '../../src/city/holidays.ts'

const newYear = (year: number) => [...lawfulHolidays(year)].slice(1, 5)

it.each([
  // year, 除夕, 初三, 清明, 端午, 中秋
  [2025, '2025-01-28', '2025-01-31', '2025-04-04', '2025-05-31', '2025-10-06'],
  [2026, '2026-02-16', '2026-02-19', '2026-04-05', '2026-06-19', '2026-09-25'],
  [2027, '2027-02-05', '2027-02-08', '2027-04-05', '2027-06-09', '2027-09-15'],
  // A year with a leap fifth month: the festival is in the first of the two.
  [2028, '2028-01-25', '2028-01-28', '2028-04-04', '2028-05-28', '2028-10-03'],
  [2029, '2029-02-12', '2029-02-15', '2029-04-04', '2029-06-16', '2029-09-22'],
  [2030, '2030-02-02', '2030-02-05', '2030-04-05', '2030-06-05', '2030-09-12'],
  // A leap eleventh month, over which many calendars stumbled.
  [2033, '2033-01-30', '2033-02-02', '2033-04-04', '2033-06-01', '2033-09-08'],
  [2034, '2034-02-18', '2034-02-21', '2034-04-05', '2034-06-20', '2034-09-27'],
])('knows the movable days of %i', (year, eve, third, tombs, boats, moon) => {
  const days = lawfulHolidays(year)
  expect(newYear(year)[0]).toBe(eve)
  expect(newYear(year)[3]).toBe(third)
  expect([tombs, boats, moon].filter(date => !days.has(date))).toEqual([])
})

it('gives thirteen days in every year, but where the moon festival falls on the National Day', () => {
  const years = Array.from({ length: 35 }, (_, index) => 2025 + index)
  expect(years.filter(year => lawfulHolidays(year).size !== 13)).toEqual([2028, 2031, 2039, 2058])
  expect(lawfulHolidays(2024).size).toBe(0)
})

it('begins the lunar years as the Hong Kong Observatory publishes them', () => {
  // 2027 is the one that ICU of Node 20 has a day late: the moon is new four minutes before midnight in Beijing.
  const published =
    '2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12'
  const years = Array.from({ length: 16 }, (_, index) => 2025 + index)
  expect(years.map(year => newYear(year)[1]).join(' ')).toBe(published)
})

it('is contained in each notice that is known', () => {
  for (const year of [2025, 2026]) {
    const notice = publishedNotice(year)
    expect([...lawfulHolidays(year)].filter(date => !notice?.off.has(date))).toEqual([])
  }
  expect([...(publishedNotice(2026)?.work ?? [])].sort()).toEqual([
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ])
  expect(publishedNotice(2027)).toBeUndefined()
})

it('counts the same days on machines east and west of UTC', () => {
  const asked = `
    const { lawfulHolidays, publishedNotice } = await import('./dist/city/holidays.js')
    const { createCalendar } = await import('./dist/city/calendar.js')
    const calendar = createCalendar({ country: 'CN', timeZone: 'Asia/Shanghai', holidays: {} })
    const kinds = []
    for (let ms = Date.parse('2026-01-01T00:30+08:00'); ms < Date.parse('2028-01-01T00:00+08:00'); ms += 3 * 3600000)
      kinds.push(calendar(ms).day[0])
    console.log(JSON.stringify([[...lawfulHolidays(2027)], [...publishedNotice(2026).work], kinds.join('')]))`
  const told = (TZ: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', asked], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, TZ },
      encoding: 'utf8',
    }).stdout
  const here = told('Asia/Shanghai')
  expect(JSON.parse(here)[0]).toHaveLength(13)
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'UTC']) expect(told(zone)).toBe(here)
})
