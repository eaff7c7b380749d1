import { type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Database, Forgetter } from '../storage/index.ts'
import { type Caller, ordinaryCaller } from './caller.ts'
import { forgetsCallers } from './holdings.ts'
import { createLadder, type Ladder } from './ladder/caller-ladder.ts'
import { holdMarks } from './marks.ts'
import { selectCaller, upsertCaller } from './store.ts'

export type Callers = {
  /** Who rings from `number`. Never throws and never keeps a call waiting: unknown or late is an ordinary caller. */
  find(number: string): Promise<Caller>
  /** Notes what is said, and leaves the rest as it is. @throws Fault from the database */
  mark(number: string, marks: Partial<Caller>): Promise<void>
  /** Steps that were taken with callers who are malicious or unreasonable. */
  readonly ladder: Ladder
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

/** The greeting has to begin within 300 ms of the ACK; it cannot wait longer than this to know who rings. */
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
  /** Marks in memory; of those beyond, the database is asked. */
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
