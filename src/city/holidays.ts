/**
 * Days off and working days in China. There are two sources: the law (全国年节及纪念日放假办法, as amended in 2024), which names
 * 13 days a year, and the State Council's yearly notice, which is published in the autumn before and moves working days
 * to bridge them. Dates are strings such as 2026-01-05 throughout, so that no time zone can shift them.
 */
import { createRequire } from 'node:module'
import chineseDays from 'chinese-days'
import { z } from 'zod'

/** Days off beyond the law's, and the weekend days that are worked instead. */
export type YearNotice = { readonly off: ReadonlySet<string>; readonly work: ReadonlySet<string> }

const dayMs = 24 * 60 * 60_000

/**
 * We use the package's data only: its functions read dates in the machine's time zone and lose make-up days west of UTC.
 */
const published = z
  .object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) })
  .parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'))

const publishedYears = new Set(Object.keys(published.holidays).map(yearOf))

/** The State Council's notice for a year; undefined if the package does not have it. */
export function publishedNotice(year: number): YearNotice | undefined {
  if (!publishedYears.has(year)) return undefined
  const ofYear = (days: object) => new Set(Object.keys(days).filter(date => yearOf(date) === year))
  return { off: ofYear(published.holidays), work: ofYear(published.workdays) }
}

const lawful = new Map<number, ReadonlySet<string>>()

/** The days off that the law itself grants (article 2), with or without a notice; none before 2025, when it took effect. */
export function lawfulHolidays(year: number): ReadonlySet<string> {
  const known = lawful.get(year) ?? holidaysByLaw(year)
  lawful.set(year, known)
  return known
}

function holidaysByLaw(year: number): ReadonlySet<string> {
  if (year < 2025) return new Set()
  const lunarNewYearMs = lunarDay(year, 1, 1)
  return new Set([
    `${year}-01-01`,
    // Spring Festival: New Year's Eve and the first three days of the year.
    ...[-1, 0, 1, 2].map(days => dateOf(lunarNewYearMs + days * dayMs)),
    `${year}-04-${String(qingming(year)).padStart(2, '0')}`,
    `${year}-05-01`,
    `${year}-05-02`,
    dateOf(lunarDay(year, 5, 5)),
    dateOf(lunarDay(year, 8, 15)),
    `${year}-10-01`,
    `${year}-10-02`,
    `${year}-10-03`,
  ])
}

/** A day of the lunar calendar, outside leap months, as midnight UTC. The table covers 1900 to 2100. */
function lunarDay(year: number, month: number, day: number): number {
  let days = day - 1
  for (let before = 1900; before < year; before++) days += lunarMonths(before, 13)
  // Lunar New Year of 1900 was 31 January.
  return Date.UTC(1900, 0, 31) + (days + lunarMonths(year, month)) * dayMs
}

/** The total days of the months of a lunar year that precede a month, a leap month included. */
function lunarMonths(year: number, before: number): number {
  const { leapMonth = 99, days: leapDays } = chineseDays.getYearLeapMonth(year)
  let days = leapMonth < before ? leapDays : 0
  for (let month = 1; month < before; month++) days += chineseDays.monthDays(year, month)
  return days
}

/** Qingming: the day in April on which the sun's longitude reaches 15°. The usual formula, exact for 2000 to 2099. */
const qingming = (year: number) => Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)

const dateOf = (utcMs: number) => new Date(utcMs).toISOString().slice(0, 10)

function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}
