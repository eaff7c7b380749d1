import chineseDays from 'chinese-days'

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
 * `workday`: people work, make-up Saturdays and Sundays included; `holiday`: off by the State Council's notice of
 * that year; `restday`: any other weekend day. Years without a notice yet know weekends only.
 */
export type DayKind = 'workday' | 'restday' | 'holiday'
export const dayKinds = ['workday', 'restday', 'holiday'] as const satisfies readonly DayKind[]

/** An instant as people on the spot speak of it. */
export type Moment = {
  /** Minutes since midnight, 0 to 1439. */
  readonly minute: number
  readonly weekday: Weekday
  readonly day: DayKind
}

/** @param atMs wall time, ms since 1970. */
export type Calendar = (atMs: number) => Moment

/** @param timeZone an IANA name, the city's own. */
export function createCalendar(timeZone = 'Asia/Shanghai'): Calendar {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  let cached: { readonly date: string; readonly day: DayKind } | undefined

  return atMs => {
    const parts = Object.fromEntries(format.formatToParts(atMs).map(part => [part.type, part.value]))
    const date = `${parts.year}-${parts.month}-${parts.day}`
    if (cached?.date !== date) cached = { date, day: dayKind(date) }
    return {
      minute: Number(parts.hour) * 60 + Number(parts.minute),
      weekday: (parts.weekday ?? '').toLowerCase() as Weekday,
      day: cached.day,
    }
  }
}

function dayKind(date: string): DayKind {
  // Noon, because the package reads a bare date as UTC and then asks for the local day.
  const detail = chineseDays.getDayDetail(`${date}T12:00:00`)
  if (detail.work) return 'workday'
  // A holiday's name comes in two languages and with its length, a weekend day's is its weekday.
  return detail.name.includes(',') ? 'holiday' : 'restday'
}
