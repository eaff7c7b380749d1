import { newSecret } from '../foundation/index.ts'
import { beforeCommit, type Queries } from '../storage/index.ts'
import { type EventsByStream, eventsIn, insertEvents, linkEvents, type NewLink } from './events.ts'
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
   * Writes down what happened, in the transaction in which it happens. It can be read at once; it is chained last of
   * all in that transaction, for all rooms by one statement and in the order of their names, so that no two wait for
   * each other and a head is held for the commit alone.
   */
  append(tx: Queries, room: string, entries: readonly Entry[]): Promise<void>
  /** All that happened in these streams, in order. */
  events(queries: Queries, room: string, streams: readonly string[]): Promise<EventsByStream>
}

/** @param key of the MACs: `ledgerKeys(secret).mac` */
export function createLedger(key: Uint8Array): Ledger {
  const unlinked = new WeakMap<Queries, NewLink[]>()
  return {
    async append(tx, room, entries) {
      if (entries.length === 0) return
      const rows = entries.map(({ stream, place, atMs, kind, data }) => {
        const content = { salt: newSecret(128), atMs, kind, body: JSON.stringify(data) }
        const digest = digestOf(content)
        return { ...content, stream, place, digest, mac: macOf(key, { room, stream, place }, digest) }
      })
      const links = unlinked.get(tx) ?? []
      if (!unlinked.has(tx)) {
        unlinked.set(tx, links)
        beforeCommit(tx, () => linkEvents(tx, links))
      }
      await insertEvents(tx, room, rows)
      links.push(...rows.map(({ stream, place, digest }) => ({ room, stream, place, digest })))
    },
    events: eventsIn,
  }
}
