import type { Captions } from '../captions/index.ts'
import { type City, instantOf, startOfDay } from '../city/index.ts'
import type { FloorDates, FloorDay, LostCallView } from '../desk/floor/api.ts'
import { type Acts, createActs, type Desk, type Floor, openFloor } from '../desk/index.ts'
import { type Clock, Fault, type Log } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import { type CallId, type CallRecords, type createWhereabouts, maskedNumber } from '../telephony/index.ts'
import { type Room, writesOf } from './rooms.ts'

type FloorDependencies = {
  readonly desk: Desk
  readonly calls: Pick<CallRecords, 'figuresOf' | 'lostIn'>
  readonly captions: Pick<Captions, 'of'>
  readonly whereabouts: ReturnType<typeof createWhereabouts>
  readonly database: Database
  readonly city: City
  readonly clock: Clock
  readonly log: Log
}

type Stretch = { readonly fromMs: number; readonly untilMs: number }

export type WatchedFloor = Room & {
  now: Floor['now']
  /** What supervisors did. */
  readonly acts: Acts
  /** Days in the city as instants, today when none is named; what is to come is left out. @throws Fault `dates-invalid` */
  stretchOf(dates: FloorDates): Stretch
  /** What a stretch came to. */
  count(stretch: Stretch): Promise<FloorDay>
  /** Who gave up, the latest first. */
  lost(stretch: Stretch, limit: number): Promise<readonly LostCallView[]>
}

/** A month is read at once; a year by its months. */
const mostDays = 31
const dayMs = 24 * 3_600_000

/** When a supervisor watches, the journal tells where callers are, and the database what the day came to. */
export function watchFloor(dependencies: FloorDependencies): WatchedFloor {
  const { desk, calls, captions, whereabouts, database, city, clock, log } = dependencies
  const count: WatchedFloor['count'] = async stretch => ({
    ...(await calls.figuresOf(stretch)),
    ...stretch,
    soonMs: city.soonSeconds * 1000,
    target: city.answerTarget,
  })
  const stretchOf: WatchedFloor['stretchOf'] = ({ from, to = from }) => {
    const nowMs = clock.now()
    const fromMs = from === undefined ? startOfDay(nowMs, city.timeZone) : instantOf(from, city.timeZone)
    // Noon of the day after: days on which clocks are moved have 23 hours, or 25.
    const lastMs = to === undefined ? fromMs : instantOf(to, city.timeZone)
    const endMs = startOfDay(lastMs + 1.5 * dayMs, city.timeZone)
    if (endMs <= fromMs || endMs - fromMs > (mostDays + 0.5) * dayMs)
      throw new Fault({
        code: 'dates-invalid',
        place: 'query.to',
        found: `${from} to ${to}`,
        expected: `${mostDays} days at most, the first no later than the last`,
      })
    return { fromMs, untilMs: Math.max(fromMs, Math.min(nowMs, endMs)) }
  }
  const mask = (number: string) => maskedNumber(number, city)
  const floor = openFloor({
    desk,
    clock,
    log,
    mask,
    places: () => whereabouts.count('in'),
    calls: whereabouts.calls,
    hasCaptions: call => (captions.of(call as CallId)?.transcript.figures.lines ?? 0) > 0,
    today: () => count(stretchOf({})),
  })
  const acts = createActs({ database, clock, log })
  return {
    ...writesOf(() => [acts.figures()]),
    sockets: [floor.mount],
    now: floor.now,
    acts,
    stretchOf,
    count,
    lost: async (stretch, limit) =>
      (await calls.lostIn({ ...stretch, limit })).map(call => ({
        ...call,
        number: mask(call.number),
      })),
    async close() {
      floor.close()
      await acts.close()
    },
  }
}
