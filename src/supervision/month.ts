import { instantOf, placeTime } from '../city/index.ts'
import type { Period } from '../surveys/index.ts'

/** The month before one written as 2026-01. */
export function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** The last complete month. */
export const lastMonth = (nowMs: number, timeZone: string) =>
  monthBefore(placeTime(nowMs, timeZone).date.slice(0, 7))

/** A month from its first midnight to that of the next, in local time. */
export const periodOf = (month: string, timeZone: string): Period => ({
  fromMs: instantOf(`${month}-01`, timeZone),
  untilMs: instantOf(`${monthAfter(month)}-01`, timeZone),
})
