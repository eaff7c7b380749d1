import type { Calendar, DayKind } from '../city/index.ts'

/** A half-hour of local time. On days when clocks change, some occur twice or are missing. */
export type HalfHour = {
  readonly startMs: number
  readonly date: string
  readonly day: DayKind
  /** The half-hour of the day, 0 to 47. */
  readonly half: number
}

export const halfHourSeconds = 1800
export const halvesOfDay = 48
/** Every time zone differs from UTC by a multiple of 15 minutes. */
const quarterMs = 15 * 60_000

/** All half-hours that begin between two instants, in order. */
export function halfHoursBetween(calendar: Calendar, fromMs: number, untilMs: number): readonly HalfHour[] {
  const found: HalfHour[] = []
  for (let startMs = Math.ceil(fromMs / quarterMs) * quarterMs; startMs < untilMs; startMs += quarterMs) {
    const { date, day, minute } = calendar(startMs)
    if (minute % 30 === 0) found.push({ startMs, date, day, half: minute / 30 })
  }
  return found
}

/** The time at which a half-hour begins, such as 08:30. */
export const clockOf = (half: number): string =>
  `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`

/** The half-hour that begins at a time such as 08:30; undefined if none does. */
export function halfOf(clock: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(00|30)(?::00)?$/.exec(clock) ?? []
  if (hour === undefined || Number(hour) > 23) return undefined
  return Number(hour) * 2 + (minute === '30' ? 1 : 0)
}
