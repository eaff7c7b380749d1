import { z } from 'zod'
import type { Calendar } from '../city/index.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const positive = z.number().positive({ error: 'a number above 0' })

/**
 * A time span given by the law or a city: natural time, or working days, each being 24 hours of working days.
 * Written as `{ "hours": 2 }`, `{ "days": 7 }`, `{ "minutes": 15 }` or `{ "workdays": 5 }`.
 */
export const limitSchema = z
  .strictObject({
    minutes: positive.optional(),
    hours: positive.optional(),
    days: positive.optional(),
    workdays: positive.optional(),
  })
  .refine(limit => Object.values(limit).filter(value => value !== undefined).length === 1, {
    error: 'one of minutes, hours, days, workdays',
  })
  .transform(
    ({ minutes = 0, hours = 0, days = 0, workdays = 0 }): Limit =>
      workdays > 0
        ? { measure: 'working', ms: workdays * dayMs }
        : { measure: 'natural', ms: minutes * 60_000 + hours * hourMs + days * dayMs },
  )

export type Limit = { readonly measure: 'natural' | 'working'; readonly ms: number }

/** The form in files. */
export function writeLimit({ measure, ms }: Limit): Readonly<Record<string, number>> {
  if (measure === 'working') return { workdays: ms / dayMs }
  // One day is written as 24 hours, as people say it.
  if (ms >= 2 * dayMs && ms % dayMs === 0) return { days: ms / dayMs }
  return ms % hourMs === 0 ? { hours: ms / hourMs } : { minutes: ms / 60_000 }
}

/** A limit extended by days of its own measure. */
export const longer = (limit: Limit, days: number): Limit => ({ ...limit, ms: limit.ms + days * dayMs })

/** When `share` of the limit is used up, in ms since 1970; 1 is the deadline, 1.5 half a limit later. */
export function reachedAt(
  startMs: number,
  { measure, ms }: Limit,
  share: number,
  calendar: Calendar,
): number {
  const neededMs = Math.round(ms * share)
  return measure === 'natural' ? startMs + neededMs : afterWorking(startMs, neededMs, calendar)
}

/** Days off do not count: a limit that starts on one effectively starts on the next working day. */
function afterWorking(startMs: number, neededMs: number, calendar: Calendar): number {
  let atMs = startMs
  let leftMs = neededMs
  for (;;) {
    const { minute, day } = calendar(atMs)
    const nextDayMs = Math.floor(atMs / 60_000) * 60_000 - minute * 60_000 + dayMs
    if (day === 'workday') {
      if (leftMs <= nextDayMs - atMs) return atMs + leftMs
      leftMs -= nextDayMs - atMs
    }
    atMs = nextDayMs
  }
}
