import type { Calendar, DayKind } from '../city/index.ts'

/** A half-hour as clocks in the city show it. Where they are put back, one comes twice that day; forward, one is missing. */
export type HalfHour = {
  readonly startMs: number
  readonly date: string
  readonly day: DayKind
  /** Of the day, 0 to 47. */
  readonly half: number
}

export const halfHourSeconds = 1800
export const halvesOfDay = 48
/** Every zone is a whole number of quarters from UTC. */
const quarterMs = 15 * 60_000

/** All that begin from one instant until another, in order. */
export function halfHoursBetween(calendar: Calendar, fromMs: number, untilMs: number): readonly HalfHour[] {
  const found: HalfHour[] = []
  for (let startMs = Math.ceil(fromMs / quarterMs) * quarterMs; startMs < untilMs; startMs += quarterMs) {
    const { date, day, minute } = calendar(startMs)
    if (minute % 30 === 0) found.push({ startMs, date, day, half: minute / 30 })
  }
  return found
}

/** As 08:30. */
export const clockOf = (half: number): string =>
  `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`

/** Of a time such as 08:30; undefined of what is none, or begins no half-hour. */
export function halfOf(clock: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(00|30)(?::00)?$/.exec(clock) ?? []
  if (hour === undefined || Number(hour) > 23) return undefined
  return Number(hour) * 2 + (minute === '30' ? 1 : 0)
}
