import type { Queries } from '../storage/index.ts'
import { linksAfter } from './walk.ts'

const stretch = 2000

/**
 * A room's chain as lines of JSON: `room`, `seq`, `stream`, `place`, `digest`, `hash`, and of what was not erased
 * `atMs`, `kind`, `body`, `salt`. docs/operators.md says how each is checked; examples/check-ledger.mjs does it.
 */
export async function* exportRoom(queries: Queries, room: string): AsyncGenerator<string> {
  for (let seq = 0; ; ) {
    const links = await linksAfter(queries, room, seq, stretch)
    if (links.length === 0) return
    yield links
      .map(({ at_ms: atMs, before: _, erased, mac, kind, body, salt, ...link }) => {
        const content = atMs === null ? { erased } : { atMs, kind, body, salt, adopted: mac === null }
        return `${JSON.stringify({ room, ...link, ...content })}\n`
      })
      .join('')
    seq = links.at(-1)?.seq ?? seq
  }
}
