import type { City } from './city.ts'
import { lawfulHolidays, publishedNotice, type YearNotice } from './holidays.ts'
import { placeTime } from './place-time.ts'

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]

/**
 * `workday`: people work, make-up Saturdays and Sundays included; `holiday`: off by law or by the notice of that
 * year; `restday`: any other weekend day.
 */
export type DayKind = 'workday' | 'restday' | 'holiday'
export const dayKinds = ['workday', 'restday', 'holiday'] as const satisfies readonly DayKind[]

/** An instant in the city's local time and calendar. */
export type Moment = {
  /** Minutes since midnight, 0 to 1439. */
  readonly minute: number
  readonly weekday: Weekday
  readonly day: DayKind
}

/** @param atMs wall time, ms since 1970; the date that comes back is the city's, as 2026-01-05. */
export type Calendar = (atMs: number) => Moment & { readonly date: string }

type Place = Pick<City, 'country' | 'timeZone' | 'holidays'>

/** @param place read again at each call, since an administrator may change the days off while the product runs */
export function createCalendar(place: Place): Calendar {
  const { country, timeZone } = place
  let holidays = place.holidays
  const years = new Map<number, YearNotice>()
  const daysOf = (year: number): YearNotice => {
    const known = years.get(year)
    if (known) return known
    const made = yearOf(year, country, holidays)
    years.set(year, made)
    return made
  }
  let cached: { readonly date: string; readonly weekday: Weekday; readonly day: DayKind } | undefined

  return atMs => {
    if (place.holidays !== holidays) {
      holidays = place.holidays
      years.clear()
      cached = undefined
    }
    const { date, minute } = placeTime(atMs, timeZone)
    if (cached?.date !== date) {
      const weekday = weekdayOf(date)
      cached = { date, weekday, day: dayKind(date, weekday, daysOf(Number(date.slice(0, 4)))) }
    }
    return { date, minute, weekday: cached.weekday, day: cached.day }
  }
}

/** The State Council publishes its notice in November. From then on a limit may reach into the coming year. */
const aheadMs = 60 * 24 * 60 * 60_000

/** Those of the current year and, when it is near, the next one for which no notice is known. */
export function yearsWithoutNotice(atMs: number, { country, timeZone, holidays }: Place): readonly number[] {
  if (country !== 'CN') return []
  const years = [atMs, atMs + aheadMs].map(ms => Number(placeTime(ms, timeZone).date.slice(0, 4)))
  return [...new Set(years)].filter(year => holidays[year] === undefined && !publishedNotice(year))
}

/** A warning for operators while a year that deadlines reach into has no notice; undefined when all is well. */
export function calendarTrouble(atMs: number, place: Place): string | undefined {
  const years = yearsWithoutNotice(atMs, place)
  return years.length === 0 ? undefined : `no notice of make-up and bridging days of ${years.join(', ')}`
}

/** The city's file takes precedence over the notice, and the notice over the law. */
function yearOf(year: number, country: string, holidays: Place['holidays']): YearNotice {
  const inChina = country === 'CN'
  const notice = inChina ? publishedNotice(year) : undefined
  const own = holidays[year]
  const work = new Set([...(notice?.work ?? []), ...(own?.work ?? [])])
  const off = new Set([...(inChina ? lawfulHolidays(year) : []), ...(notice?.off ?? []), ...(own?.off ?? [])])
  for (const date of own?.off ?? []) work.delete(date)
  for (const date of work) off.delete(date)
  return { off, work }
}

function dayKind(date: string, weekday: Weekday, { off, work }: YearNotice): DayKind {
  if (work.has(date)) return 'workday'
  if (off.has(date)) return 'holiday'
  return weekday === 'saturday' || weekday === 'sunday' ? 'restday' : 'workday'
}

function weekdayOf(date: string): Weekday {
  return weekdays[(new Date(date).getUTCDay() + 6) % 7] ?? 'monday'
}
