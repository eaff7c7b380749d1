import { instantOf, placeTime } from '../city/index.ts'
import { planFault } from './faults.ts'

/** A range of local days: the first is included, the last is not. */
export type Days = {
  readonly since: string
  readonly until: string
  readonly fromMs: number
  readonly untilMs: number
}

const dayMs = 86_400_000

/**
 * @param until the day after the last one, such as 2026-01-05; today when absent
 * @throws Fault `plan-invalid` for an invalid date
 */
export function daysBefore(
  until: string | undefined,
  count: number,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): Days {
  const last = until ?? placeTime(nowMs, timeZone).date
  const since = dateAfter(last, -count, 'until')
  const [fromMs, untilMs] = [instantOf(since, timeZone), instantOf(last, timeZone)]
  return { since, until: last, fromMs, untilMs }
}

/** The date a number of days later, regardless of clock changes. @throws Fault `plan-invalid` */
export function dateAfter(date: string, days: number, place = 'date'): string {
  const utcMs = Date.parse(`${date}T00:00Z`)
  if (Number.isNaN(utcMs) || new Date(utcMs).toISOString().slice(0, 10) !== date)
    throw planFault(place, date, 'a day of the calendar, as 2026-01-05')
  return new Date(utcMs + days * dayMs).toISOString().slice(0, 10)
}
