import type { Queries } from '../storage/index.ts'
import { allKeys, type LedgerKeys, publicKeyOf } from './keys.ts'
import { type Reported, streamsAfter } from './reported.ts'
import { selectSeals } from './seal-store.ts'
import { linksAfter, roomsIn, selectHeads } from './walk.ts'

const stretch = 2000

const lineOf = (entry: object) => `${JSON.stringify(entry)}\n`

/**
 * What a room reports, a line a stream, with how many events the stream had had when its rows were read: the program
 * that checks it makes them anew from so many.
 */
async function* exportRows(queries: Queries, reported: Reported): AsyncGenerator<string> {
  const { room, tables } = reported
  for (let last = ''; ; ) {
    const streams = await streamsAfter(queries, reported, last)
    if (streams.length === 0) return
    for (const { stream, events, rows } of streams) {
      const shown = tables.map(({ name, apart, asCompared = {} }, index) => [
        name,
        (rows[index] ?? []).map(row =>
          Object.fromEntries(
            Object.entries(row)
              .filter(([column]) => !Object.hasOwn(apart, column))
              .map(([column, value]) => [column, asCompared[column]?.(value) ?? value]),
          ),
        ),
      ])
      const place = events.at(-1)?.place ?? 0
      yield lineOf({ rows: { room, stream, place, tables: Object.fromEntries(shown) } })
    }
    last = streams.at(-1)?.stream ?? last
  }
}

/**
 * A room's chain as lines of JSON: `room`, `seq`, `stream`, `place`, `digest`, `hash`, and of what was not erased
 * `atMs`, `kind`, `body`, `salt`. examples/check-ledger.mjs says how each is checked, and does it.
 */
async function* exportRoom(queries: Queries, room: string): AsyncGenerator<string> {
  for (let seq = 0; ; ) {
    const links = await linksAfter(queries, room, seq, stretch)
    if (links.length === 0) return
    yield links
      .map(({ at_ms: atMs, before: _, erased, mac, kind, body, salt, ...link }) => {
        const content = atMs === null ? { erased } : { atMs, kind, body, salt, adopted: mac === null }
        return lineOf({ room, ...link, ...content })
      })
      .join('')
    seq = links.at(-1)?.seq ?? seq
  }
}

/** All of it, a line at a time; the last says how many there are before it, so that nobody cuts off the end. */
export async function* exportLedger(
  queries: Queries,
  keys: LedgerKeys,
  reported: readonly Reported[],
): AsyncGenerator<string> {
  let lines = 0
  for await (const text of linesOf(queries, keys, reported)) {
    lines += text.split('\n').length - 1
    yield text
  }
  yield lineOf({ end: lines })
}

async function* linesOf(queries: Queries, keys: LedgerKeys, reported: readonly Reported[]) {
  const [publicKey, ...older] = allKeys(keys).map(publicKeyOf)
  yield lineOf({ ledger: 3, publicKey, older })
  for (const { room, seq, hash } of await selectHeads(queries)) yield lineOf({ head: { room, seq, hash } })
  for (const room of reported) yield* exportRows(queries, room)
  for (const room of await roomsIn(queries)) yield* exportRoom(queries, room)
  for (const seal of await selectSeals(queries)) yield lineOf({ seal })
}
