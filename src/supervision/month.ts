import { instantOf, placeTime } from '../city/index.ts'
import type { Period } from '../surveys/index.ts'

/** Months are written as 2026-01. */
export function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** The last month that is over. */
export const lastMonth = (nowMs: number, timeZone: string) =>
  monthBefore(placeTime(nowMs, timeZone).date.slice(0, 7))

/** From its first midnight until that of the next, in the place's time. */
export const periodOf = (month: string, timeZone: string): Period => ({
  fromMs: instantOf(`${month}-01`, timeZone),
  untilMs: instantOf(`${monthAfter(month)}-01`, timeZone),
})
