import type { Queries } from '../storage/index.ts'
import { allKeys, type LedgerKeys, publicKeyOf } from './keys.ts'
import { type Reported, streamsAfter } from './reported.ts'
import { selectSeals } from './seal-store.ts'
import { linksAfter, roomsIn, selectHeads } from './walk.ts'

const stretch = 2000

const lineOf = (entry: object) => `${JSON.stringify(entry)}\n`

/**
 * Exports a room's reported rows, one line per stream, with the number of events that the stream had when the rows were
 * read, so that a checking program can rebuild them from as many events.
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
 * Exports a room's chain as lines of JSON: `room`, `seq`, `stream`, `place`, `digest`, `hash`, and, unless the event was
 * erased, `atMs`, `kind`, `body`, `salt`. examples/check-ledger.mjs documents and performs the checks.
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

/** Exports the whole ledger line by line. The last line gives the number of lines, so that truncation is noticed. */
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
