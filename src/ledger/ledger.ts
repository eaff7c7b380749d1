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

/** An event as a room passes it. */
export type Entry = {
  /** The subject: an order, a survey, a member. The appending transaction holds its lock. */
  readonly stream: string
  /** The position within the stream, starting at 1 without gaps. */
  readonly place: number
  readonly atMs: number
  readonly kind: string
  readonly data: object
}

export type Ledger = {
  /**
   * Appends events in the transaction in which they happen. They are written at its very end, by statements that are sent
   * with the commit and ordered by room, so that transactions do not deadlock and a head is locked only for the commit.
   */
  append(tx: Queries, room: string, entries: readonly Entry[]): Promise<void>
  /** All events of these streams, in order, including those appended in the current transaction. */
  events(queries: Queries, room: string, streams: readonly string[]): Promise<EventsByStream>
  /** Erases a stream's events for good. That they happened stays in the chain, with digests that reveal nothing without their salts. */
  erase(tx: Queries, room: string, stream: string): Promise<void>
}

/** @param key for the MACs: `ledgerKeys(secret).mac` */
export function createLedger(key: Uint8Array): Ledger {
  const appended = new WeakMap<Queries, NewEvent[]>()

  /** Inserts events early for a reader in the same transaction. They are still chained at its end. */
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
