import type { DayKind } from '../city/index.ts'
import type { Desk, SeatPresence } from '../desk/index.ts'
import type { There } from './api.ts'
import { type AskedHalfHour, likeDays, median } from './forecast.ts'
import { type HalfHour, halfHourSeconds, halvesOfDay } from './half-hour.ts'

/** A half-hour that was, and the seats in it. */
export type PresentHalfHour = HalfHour & Omit<SeatPresence, 'stretch'>

/** Who was there by half-hour of the day, and what says so. */
export type ThereByHalf = { readonly by: 'states' | 'calls'; readonly halves: readonly There[] }

const nobody = { signedInSeconds: 0, workingSeconds: 0, talkingSeconds: 0, wrapUpSeconds: 0 }

/** The seats of each of these half-hours, the last of which ends at `untilMs`. */
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
 * Who was there on days of a kind: by the states of seats on those days on which they were kept; where they never were,
 * calls tell who talked, and no more.
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

/** How long a call takes its seat once it is over, by the states of seats; undefined where they were not kept. */
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

/** Seconds in half-hours, as how many there were at one time. */
const seatsIn = (seconds: readonly number[]) => median(seconds.map(one => one / halfHourSeconds))
