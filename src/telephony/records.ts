import type { Database, Queries } from '../storage/index.ts'
import type { AskedFigures, CallQuery, DayFigures, DaySides, Levels, PastCall, SeatTalkTime } from './api.ts'
import type { CallId } from './call.ts'
import { askedFigures } from './journal/asked.ts'
import { dayFigures, daySides } from './journal/day.ts'
import { levelsOf } from './journal/levels.ts'
import { type LostCall, listLost } from './journal/lost.ts'
import { type LostCaller, selectLostCallers } from './journal/lost-places.ts'
import { type CallRow, findCall, hasRung, listCalls, listPastCalls } from './journal/store.ts'
import { type CallOfSeat, callsOfSeat, hadSeat, talksOfSeats } from './journal/talks.ts'
import type { StoredJournal } from './journal/writer.ts'
import type { TimedFact } from './journal.ts'

/** What the journal has of calls, the ones included that it has not written yet. */
export type CallRecords = {
  /** Newest first. */
  list(query: CallQuery): Promise<readonly CallRow[]>
  /** One call and its facts in order; undefined if there is none of that id. */
  find(id: string): Promise<{ readonly call: CallRow; readonly facts: readonly TimedFact[] } | undefined>
  /** Calls of a number before the one of this id, newest first; none of a number that is withheld. */
  past(number: string, before: CallId, limit: number): Promise<readonly PastCall[]>
  /** Whether anybody ever rang us from this number. */
  hasRung(number: string): Promise<boolean>
  /** Who waited for a person and was gone, from a time on, and not on this node. */
  lostInQueue(node: string, fromMs: number): Promise<readonly LostCaller[]>
  /** What a stretch of time came to. */
  figuresOf(stretch: Stretch): Promise<StretchFigures>
  /** Who wanted a person in a stretch of time and got none, the latest first; whoever chose a callback is left out. */
  lostIn(stretch: Stretch & { readonly limit: number }): Promise<readonly LostCall[]>
  /**
   * Calls that are over, by when they asked for a person, in stretches that follow one another; those in which nobody
   * asked are left out.
   */
  askedIn(stretches: {
    readonly startsMs: readonly number[]
    readonly untilMs: number
    /** How long after it asked a call is answered soon. */
    readonly soonMs: number
  }): Promise<readonly AskedFigures[]>
  /** When seats talked to callers, of talks that touch a stretch of time and are over; in the order in which they began. */
  talksOfSeats(stretch: Stretch): Promise<readonly SeatTalkTime[]>
  /** Whether this seat talked to whoever called, in a transaction as far as it is written. */
  hadSeat(call: string, seat: string, queries?: Queries): Promise<boolean>
  /** Calls that a seat talked to since a time, the latest first. */
  ofSeat(
    seat: string,
    since: { readonly fromMs: number; readonly limit: number },
  ): Promise<readonly CallOfSeat[]>
}

type Stretch = { readonly fromMs: number; readonly untilMs: number }
export type StretchFigures = DayFigures & DaySides & { readonly levels: Levels }

export function createCallRecords({
  database,
  journal,
}: {
  readonly database: Database
  readonly journal: Pick<StoredJournal, 'flush' | 'readBack'>
}): CallRecords {
  return {
    async list(query) {
      // A call that was just over is in the list when its ring dies away.
      await journal.flush()
      return listCalls(database, query)
    },
    async find(id) {
      await journal.flush()
      return findCall(database, id)
    },
    past: (number, before, limit) => listPastCalls(database, number, before, limit),
    hasRung: number => hasRung(database, number),
    async lostInQueue(node, fromMs) {
      await journal.readBack()
      return selectLostCallers(database, node, fromMs)
    },
    async figuresOf(stretch) {
      await journal.flush()
      const [day, sides, levels] = await Promise.all([
        dayFigures(database, stretch),
        daySides(database, stretch),
        levelsOf(database, stretch),
      ])
      return { ...day, ...sides, levels }
    },
    async lostIn(stretch) {
      await journal.flush()
      return listLost(database, stretch)
    },
    async askedIn(stretches) {
      await journal.flush()
      return askedFigures(database, stretches)
    },
    async talksOfSeats(stretch) {
      await journal.flush()
      return talksOfSeats(database, stretch)
    },
    async hadSeat(call, seat, queries) {
      // Within a transaction of the embedded database nothing else is written before its end.
      if (!queries) await journal.flush()
      return hadSeat(queries ?? database, call, seat)
    },
    async ofSeat(seat, since) {
      await journal.flush()
      return callsOfSeat(database, seat, since)
    },
  }
}
