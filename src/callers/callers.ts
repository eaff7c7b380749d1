import { type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Database, Forgetter } from '../storage/index.ts'
import { type Caller, ordinaryCaller } from './caller.ts'
import { forgetsCallers } from './holdings.ts'
import { createLadder, type Ladder } from './ladder/caller-ladder.ts'
import { holdMarks } from './marks.ts'
import { selectCaller, upsertCaller } from './store.ts'

export type Callers = {
  /**
   * The caller of `number`. Never throws and never delays a call: an unknown or late answer means an ordinary
   * caller.
   */
  find(number: string): Promise<Caller>
  /** Stores the given marks and keeps the others. @throws Fault from the database */
  mark(number: string, marks: Partial<Caller>): Promise<void>
  /** Steps taken with malicious or unreasonable callers. */
  readonly ladder: Ladder
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

/** The greeting has to begin within 300 ms of the ACK, so it cannot wait longer than this for the look-up. */
const findMs = 200

export function createCallers({
  database,
  clock,
  log,
  mostHeld,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The most marks in memory; others are looked up in the database. */
  readonly mostHeld?: number
}): Callers {
  const held = holdMarks({ database, clock, log, most: mostHeld })
  const late = () =>
    new Fault({ code: 'caller-late', place: 'callers', found: 'no answer', expected: `one in ${findMs} ms` })
  return {
    async find(number) {
      if (number === '') return ordinaryCaller
      const known = held.of(number)
      if (known) return known
      try {
        const found = await withDeadline(clock, findMs, selectCaller(database, number), late)
        return found ?? ordinaryCaller
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'caller taken as ordinary')
        return ordinaryCaller
      }
    },
    async mark(number, marks) {
      await upsertCaller(database, number, marks, clock.now())
      await held.follow(number)
    },
    ladder: createLadder({ database, clock, log }),
    forgetters: forgetsCallers(database),
    close: held.close,
  }
}
