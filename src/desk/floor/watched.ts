import { type City, instantOf, startOfDay } from '../../city/index.ts'
import {
  type Clock,
  Fault,
  type Figure,
  type Log,
  type Part,
  type SocketMount,
} from '../../foundation/index.ts'
import { type Database, writeFigures, writeParts } from '../../storage/index.ts'
import { type CallRecords, type createWhereabouts, maskedNumber } from '../../telephony/index.ts'
import type { Desk } from '../desk.ts'
import { type Acts, createActs } from './acts.ts'
import type { FloorDates, FloorDay, LostCallView } from './api.ts'
import { type Floor, type FloorOptions, openFloor } from './floor.ts'

type WatchedFloorOptions = Pick<FloorOptions, 'hasCaptions'> & {
  readonly desk: Desk
  readonly calls: Pick<CallRecords, 'figuresOf' | 'lostIn'>
  readonly whereabouts: ReturnType<typeof createWhereabouts>
  readonly database: Database
  readonly city: City
  readonly clock: Clock
  readonly log: Log
}

type Stretch = { readonly fromMs: number; readonly untilMs: number }

export type WatchedFloor = {
  now: Floor['now']
  /** What supervisors did. */
  readonly acts: Acts
  /** Dates in the city as instants, today when none is named; the future is left out. @throws Fault `dates-invalid` */
  stretchOf(dates: FloorDates): Stretch
  /** The figures of a stretch. */
  count(stretch: Stretch): Promise<FloorDay>
  /** Callers who wanted a person and got none, latest first. */
  lost(stretch: Stretch, limit: number): Promise<readonly LostCallView[]>
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  readonly sockets: readonly SocketMount[]
  close(): Promise<void>
}

/** At most a month is read at once; a year is read by months. */
const mostDays = 31
const dayMs = 24 * 3_600_000

/** The floor as supervisors watch it: the journal tells where callers are, and the database the figures of the day. */
export function openWatchedFloor(options: WatchedFloorOptions): WatchedFloor {
  const { desk, calls, hasCaptions, whereabouts, database, city, clock, log } = options
  const count: WatchedFloor['count'] = async stretch => ({
    ...(await calls.figuresOf(stretch)),
    ...stretch,
    soonMs: city.soonSeconds * 1000,
    target: city.answerTarget,
  })
  const stretchOf: WatchedFloor['stretchOf'] = ({ from, to = from }) => {
    const nowMs = clock.now()
    const fromMs = from === undefined ? startOfDay(nowMs, city.timeZone) : instantOf(from, city.timeZone)
    // Noon of the next day, since days on which clocks change have 23 or 25 hours.
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
    hasCaptions,
    today: () => count(stretchOf({})),
  })
  const acts = createActs({ database, clock, log })
  return {
    figures: writeFigures(() => [acts.figures()]),
    health: () => writeParts([acts.figures()]),
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
