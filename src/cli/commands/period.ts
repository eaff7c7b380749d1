import { instantOf } from '../../city/place-time.ts'
import { Fault } from '../../foundation/index.ts'
import type { Times } from '../times.ts'

/** Closings between two days. */
export type ClosedIn = { readonly from?: string; readonly until?: string }

/** Days begin at midnight in the city. */
export function queryOf(
  { from, until }: ClosedIn,
  { timeZone }: Pick<Times, 'timeZone'>,
  expected: string,
): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, day, place] of [
    ['fromMs', from, '--from'],
    ['untilMs', until, '--until'],
  ] as const) {
    if (day === undefined) continue
    const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? instantOf(day, timeZone) : Number.NaN
    if (Number.isNaN(ms)) throw new Fault({ code: 'request-invalid', place, found: day, expected })
    query.set(name, String(ms))
  }
  return query
}
