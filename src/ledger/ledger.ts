import { newSecret } from '../foundation/index.ts'
import { type Queries, withCommit } from '../storage/index.ts'
import {
  deleteEvents,
  type EventsByStream,
  eventsIn,
  insertEvents,
  type NewEvent,
  writing,
} from './events.ts'
import { digestOf, macOf } from './link.ts'

/** Something that happened, as a room gives it. */
export type Entry = {
  /** What it is about: an order, a survey, a member. Whoever appends to it has it locked. */
  readonly stream: string
  /** Its place there, from 1 without a gap. */
  readonly place: number
  readonly atMs: number
  readonly kind: string
  readonly data: object
}

export type Ledger = {
  /**
   * Writes down what happened, in the transaction in which it happens: last of all, for all rooms by statements that go
   * with the commit, and in the order of their names, so that no two wait for each other and a head is held for the
   * commit alone.
   */
  append(tx: Queries, room: string, entries: readonly Entry[]): Promise<void>
  /** All that happened in these streams, in order; in a transaction with what was appended in it. */
  events(queries: Queries, room: string, streams: readonly string[]): Promise<EventsByStream>
  /** What happened is gone, for once and for good; that it happened stays, and a digest that tells nothing without its salt. */
  erase(tx: Queries, room: string, stream: string): Promise<void>
}

/** @param key of the MACs: `ledgerKeys(secret).mac` */
export function createLedger(key: Uint8Array): Ledger {
  const appended = new WeakMap<Queries, NewEvent[]>()

  /** For whoever reads in this transaction: chained it is at its end all the same. */
  async function insertNow(queries: Queries): Promise<void> {
    const waiting = appended.get(queries)?.filter(({ isInserted }) => !isInserted) ?? []
    if (waiting.length === 0) return
    await insertEvents(queries, waiting)
    for (const one of waiting) one.isInserted = true
  }

  return {
    async append(tx, room, entries) {
      if (entries.length === 0) return
      const rows = entries.map(({ stream, place, atMs, kind, data }): NewEvent => {
        const content = { salt: newSecret(128), atMs, kind, body: JSON.stringify(data) }
        const digest = digestOf(content)
        const mac = macOf(key, { room, stream, place }, digest)
        return { ...content, room, stream, place, digest, mac, isInserted: false }
      })
      const before = appended.get(tx)
      if (before) before.push(...rows)
      else {
        appended.set(tx, rows)
        withCommit(tx, () => writing(rows))
      }
    },
    async events(queries, room, streams) {
      await insertNow(queries)
      return eventsIn(queries, room, streams)
    },
    async erase(tx, room, stream) {
      await insertNow(tx)
      await deleteEvents(tx, room, stream)
    },
  }
}
