import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Break, ChainHead } from './api.ts'
import type { Era } from './eras.ts'
import { digestOf, genesis, hashOf, macOf } from './link.ts'

/** The kind of the event that ends an erased stream. Older entries of the audit trail use it as well, but have an id. */
export const erasedKind = 'erased'

const headRow = z.object({
  room: z.string(),
  seq: z.number(),
  hash: z.string(),
  adopted_seq: z.number(),
  adopted_at: z.date().nullable(),
})
export type StoredHead = z.output<typeof headRow>

export const selectHeads = (queries: Queries): Promise<readonly StoredHead[]> =>
  queries.query(sql`select room, seq, hash, adopted_seq, adopted_at from ledger_heads order by room`, headRow)

const linkRow = z.object({
  seq: z.number(),
  stream: z.string(),
  place: z.number(),
  digest: z.string(),
  hash: z.string(),
  before: z.string().nullable(),
  at_ms: z.number().nullable(),
  kind: z.string().nullable(),
  body: z.string().nullable(),
  salt: z.string().nullable(),
  mac: z.string().nullable(),
  erased: z.boolean(),
})
export type WalkedLink = z.output<typeof linkRow>

/** A part of a room's chain with the events that were not erased. */
export const linksAfter = (
  queries: Queries,
  room: string,
  afterSeq: number,
  limit: number,
): Promise<readonly WalkedLink[]> =>
  queries.query(
    sql`select l.seq, l.stream, l.place, l.digest, l.hash, b.hash as before, e.at_ms, e.kind, e.body, e.salt, e.mac,
        e.place is null and exists (select from ledger_events x
          where x.room = l.room and x.stream = l.stream and x.place > l.place and x.kind = ${erasedKind}
            and x.body::jsonb->>'id' is null) as erased
      from ledger_links l
        left join ledger_links b on b.room = l.room and b.stream = l.stream and b.place = l.place - 1
        left join ledger_events e on e.room = l.room and e.stream = l.stream and e.place = l.place
      where l.room = ${room} and l.seq > ${afterSeq} order by l.seq limit ${limit}`,
    linkRow,
  )

export type Walked = {
  readonly events: number
  readonly erased: number
  readonly head: ChainHead
}

const stretch = 2000

/**
 * Walks a room's chain from its first event, and checks each link, its event, and the head.
 * @param known heads that were sealed or noted earlier
 */
export async function walkRoom(
  queries: Queries,
  {
    room,
    head,
    eras,
    known,
  }: {
    readonly room: string
    readonly head: StoredHead | undefined
    readonly eras: readonly Era[]
    readonly known: readonly ChainHead[]
  },
  found: (broken: Break) => void,
): Promise<Walked> {
  const anchors = new Map<number, Set<string>>()
  for (const { seq, hash } of known) if (seq > 0) anchors.set(seq, (anchors.get(seq) ?? new Set()).add(hash))
  let seq = 0
  let hash = genesis
  let erased = 0
  const isOurs = checksMacs(room, eras)
  // Read the next part while this one is checked, so that the database and this process work in parallel.
  let next = linksAfter(queries, room, 0, stretch)
  for (let links = await next; links.length > 0; links = await next) {
    next = linksAfter(queries, room, links.at(-1)?.seq ?? 0, stretch)
    for (const link of links) {
      const { stream, place } = link
      const say = (what: Break['what']) => found({ room, seq: link.seq, stream, what })
      if (link.seq !== seq + 1) say('missing')
      if (place > 1 && link.before === null) say('missing')
      if (hashOf(hash, link.before ?? '', { room, seq: link.seq, stream, place }, link.digest) !== link.hash)
        say('link')
      if (link.erased) erased++
      else checkContent(link, head?.adopted_seq ?? 0, isOurs, say)
      for (const anchor of anchors.get(link.seq) ?? []) if (anchor !== link.hash) say('anchor')
      anchors.delete(link.seq)
      // Continue from the stored values, so that one change is reported as one break.
      seq = link.seq
      hash = link.hash
    }
  }
  for (const lost of anchors.keys()) found({ room, seq: lost, what: 'anchor' })
  const [now] = (await selectHeads(queries)).filter(one => one.room === room)
  // More events may have been added meanwhile; the head has then moved on as well.
  if ((now?.seq ?? 0) < seq || (head && (head.seq > seq || (head.seq === seq && head.hash !== hash))))
    found({ room, seq, what: 'head' })
  for (const stray of await unchained(queries, room)) found({ room, ...stray, what: 'unchained' })
  return { events: seq, erased, head: { room, seq, hash } }
}

/** Checks a MAC with the keys that are trusted at its position. The key that matched last is tried first. */
function checksMacs(room: string, eras: readonly Era[]): (link: WalkedLink, mac: string) => boolean {
  let last = 0
  const isBy = (at: number, { seq, stream, place, digest }: WalkedLink, mac: string) => {
    const era = eras[at]
    return era && seq <= era.untilSeq && isEqual(mac, macOf(era.mac, { room, stream, place }, digest))
  }
  return (link, mac) => {
    if (isBy(last, link, mac)) return true
    const at = eras.findIndex((_, one) => one !== last && isBy(one, link, mac))
    if (at >= 0) last = at
    return at >= 0
  }
}

function checkContent(
  link: WalkedLink,
  adoptedSeq: number,
  isOurs: (link: WalkedLink, mac: string) => boolean,
  say: (what: Break['what']) => void,
): void {
  const { seq, digest, at_ms: atMs, kind, body, salt, mac } = link
  if (atMs === null || kind === null || body === null || salt === null) say('event-missing')
  else if (digestOf({ salt, atMs, kind, body }) !== digest) say('changed')
  else if (mac === null ? seq > adoptedSeq : !isOurs(link, mac)) say('forged')
}

const isEqual = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const unchained = (queries: Queries, room: string) =>
  queries.query(
    sql`select stream from ledger_events e where room = ${room} and not exists (
        select from ledger_links l where l.room = e.room and l.stream = e.stream and l.place = e.place) limit 100`,
    z.object({ stream: z.string() }),
  )

/** Every room with any events, links or head. */
export async function roomsIn(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.query(
    sql`select room from ledger_heads union select distinct room from ledger_links union select distinct room from ledger_events order by 1`,
    z.object({ room: z.string() }),
  )
  return rows.map(({ room }) => room)
}
