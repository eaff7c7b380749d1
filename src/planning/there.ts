import type { DayKind } from '../city/index.ts'
import type { Desk, SeatPresence } from '../desk/index.ts'
import type { There } from './api.ts'
import { type AskedHalfHour, likeDays, median } from './forecast.ts'
import { type HalfHour, halfHourSeconds, halvesOfDay } from './half-hour.ts'

/** A past half-hour and the presence of seats in it. */
export type PresentHalfHour = HalfHour & Omit<SeatPresence, 'stretch'>

/** The staff present by half-hour of the day, and the source. */
export type ThereByHalf = { readonly by: 'states' | 'calls'; readonly halves: readonly There[] }

const nobody = { signedInSeconds: 0, workingSeconds: 0, talkingSeconds: 0, wrapUpSeconds: 0 }

/** The presence of seats in each of these half-hours, the last of which ends at `untilMs`. */
export async function seatsOf(
  desk: Pick<Desk, 'presence'>,
  halfHours: readonly HalfHour[],
  untilMs: number,
): Promise<readonly PresentHalfHour[]> {
  const found = await desk.presence({ startsMs: halfHours.map(({ startMs }) => startMs), untilMs })
  const byStretch = new Map(found.map(({ stretch, ...seconds }) => [stretch, seconds]))
  return halfHours.map((one, at) => ({ ...one, ...(byStretch.get(at) ?? nobody) }))
}

/**
 * The staff present on days of a kind: from seat states on days when they were recorded, or, if they never were, from
 * calls, which only show who talked.
 */
export function thereOn(
  day: DayKind,
  seats: readonly PresentHalfHour[],
  calls: readonly AskedHalfHour[],
): ThereByHalf {
  const kept = new Set(seats.filter(({ signedInSeconds }) => signedInSeconds > 0).map(({ date }) => date))
  const like = seats.filter(one => one.day === day && kept.has(one.date))
  if (like.length > 0)
    return {
      by: 'states',
      halves: byHalf(like, half => ({
        signedIn: seatsIn(half.map(({ signedInSeconds }) => signedInSeconds)),
        working: seatsIn(half.map(({ workingSeconds }) => workingSeconds)),
        talking: seatsIn(half.map(({ talkingSeconds }) => talkingSeconds)),
      })),
    }
  const called = likeDays(calls, day)
  if (called.length === 0) return { by: 'calls', halves: [] }
  return {
    by: 'calls',
    halves: byHalf(called, half => ({ talking: seatsIn(half.map(({ talkedSeconds }) => talkedSeconds)) })),
  }
}

/** The mean wrap-up time after a call, from seat states; undefined if they were not recorded. */
export function wrapUpOf(
  seats: readonly PresentHalfHour[],
  calls: readonly AskedHalfHour[],
): number | undefined {
  let [seconds, answered] = [0, 0]
  for (const [index, { talkingSeconds, wrapUpSeconds }] of seats.entries()) {
    if (talkingSeconds === 0) continue
    seconds += wrapUpSeconds
    answered += calls[index]?.answered ?? 0
  }
  return answered === 0 ? undefined : seconds / answered
}

const byHalf = <One extends HalfHour>(all: readonly One[], of: (half: readonly One[]) => There) =>
  Array.from({ length: halvesOfDay }, (_, half) => of(all.filter(one => one.half === half)))

/** Converts seconds per half-hour to the median number of seats at a time. */
const seatsIn = (seconds: readonly number[]) => median(seconds.map(one => one / halfHourSeconds))
