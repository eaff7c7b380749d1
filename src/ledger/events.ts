import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Content } from './link.ts'

/** Something that happened, as it is read again. */
export type StoredEvent = {
  readonly place: number
  readonly atMs: number
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  /** It happened before there was a ledger: it may lack what events carry since. */
  readonly isAdopted: boolean
}

export type EventsByStream = ReadonlyMap<string, readonly StoredEvent[]>

export type NewLink = {
  readonly room: string
  readonly stream: string
  readonly place: number
  readonly digest: string
}

type Row = Content & { readonly stream: string; readonly place: number; readonly mac: string }

export async function insertEvents(queries: Queries, room: string, rows: readonly Row[]): Promise<void> {
  const given = rows.map(({ atMs, ...row }) => ({ ...row, at_ms: atMs }))
  await queries.execute(sql`
    insert into ledger_events (room, stream, place, at_ms, kind, body, salt, mac)
    select ${room}, stream, place, at_ms, kind, body, salt, mac from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as x(stream text, place int, at_ms int8, kind text, body text, salt text, mac text)`)
}

/** Rooms in the order of their names: no two transactions wait for each other's heads. */
export async function linkEvents(queries: Queries, links: readonly NewLink[]): Promise<void> {
  const inOrder = links
    .toSorted((a, b) => (a.room < b.room ? -1 : a.room > b.room ? 1 : 0))
    .map((link, n) => ({ n, ...link }))
  await queries.execute(sql`select ledger_link(${JSON.stringify(inOrder)}::jsonb)`)
}

const storedRow = z.object({
  stream: z.string(),
  place: z.number(),
  at_ms: z.number(),
  kind: z.string(),
  body: z.string(),
  adopted: z.boolean(),
})

export async function eventsIn(
  queries: Queries,
  room: string,
  streams: readonly string[],
): Promise<EventsByStream> {
  const all = new Map<string, StoredEvent[]>(streams.map(stream => [stream, []]))
  if (streams.length === 0) return all
  const rows = await queries.query(
    sql`select stream, place, at_ms, kind, body, mac is null as adopted from ledger_events
      where room = ${room} and stream in (select jsonb_array_elements_text(${JSON.stringify(streams)}::jsonb))
      order by stream, place`,
    storedRow,
  )
  for (const { stream, place, at_ms, kind, body, adopted } of rows)
    all.get(stream)?.push({ place, atMs: at_ms, kind, data: dataOf(body), isAdopted: adopted })
  return all
}

/** As it was written; this house alone writes it. */
export const dataOf = (body: string) => JSON.parse(body) as Readonly<Record<string, unknown>>

/** What happened is gone, for once and for good; that it happened stays, and a digest that tells nothing without its salt. */
export async function eraseEvents(queries: Queries, room: string, stream: string): Promise<void> {
  await queries.execute(sql`delete from ledger_events where room = ${room} and stream = ${stream}`)
}
