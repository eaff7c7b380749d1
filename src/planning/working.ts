import { type City, createCalendar, dayKinds } from '../city/index.ts'
import type { Desk } from '../desk/index.ts'
import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import { daysBefore } from './days.ts'
import { halfHoursBetween } from './half-hour.ts'
import { seatsOf, thereOn } from './there.ts'

type WorkingDependencies = {
  readonly desk: Pick<Desk, 'presence'>
  readonly city: City
  readonly clock: Clock
  readonly log: Log
}

const hourMs = 3_600_000
/** Two weeks contain working days and others, and their shifts are still current. */
const days = 14
const keptMs = 6 * hourMs
const againMs = hourMs / 12

/**
 * Predicts how many agents work in the half-hour of an instant: the median of such days in the two weeks before today. It
 * is recomputed in the background when asked for after six hours.
 */
export function createWorking({ desk, city, clock, log }: WorkingDependencies) {
  const calendar = createCalendar(city)
  let byKind: ReadonlyMap<string, readonly (number | undefined)[]> = new Map()
  let countedAtMs = -Infinity

  async function count(nowMs: number) {
    const { fromMs, untilMs } = daysBefore(undefined, days, { nowMs, timeZone: city.timeZone })
    const halfHours = halfHoursBetween(calendar, fromMs, untilMs)
    const seats = await seatsOf(desk, halfHours, untilMs)
    byKind = new Map(
      dayKinds.map(kind => [kind, thereOn(kind, seats, []).halves.map(({ working }) => working)]),
    )
  }

  return (atMs: number): number | undefined => {
    const nowMs = clock.now()
    if (nowMs - countedAtMs >= keptMs) {
      countedAtMs = nowMs
      count(nowMs).catch((error: unknown) => {
        countedAtMs = nowMs - keptMs + againMs
        log.warn({ reason: reasonOf(error) }, 'how many work when is not known')
      })
    }
    const { day, minute } = calendar(atMs)
    return byKind.get(day)?.[Math.floor(minute / 30)]
  }
}
