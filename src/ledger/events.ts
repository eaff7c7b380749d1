import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import type { Content } from './link.ts'

/** An event as read from the database. */
export type StoredEvent = {
  readonly place: number
  readonly atMs: number
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  /** Whether it happened before the ledger existed, so that it may lack newer fields. */
  readonly isAdopted: boolean
}

export type EventsByStream = ReadonlyMap<string, readonly StoredEvent[]>

/** An event that is not chained yet. */
export type NewEvent = Content & {
  readonly room: string
  readonly stream: string
  readonly place: number
  readonly digest: string
  readonly mac: string
  /** Whether it is already in the table of events. */
  isInserted: boolean
}

const inTable = ({ atMs, isInserted: _, digest: __, ...event }: NewEvent) => ({ ...event, at_ms: atMs })

export async function insertEvents(queries: Queries, events: readonly NewEvent[]): Promise<void> {
  await queries.execute(sql`
    insert into ledger_events (room, stream, place, at_ms, kind, body, salt, mac)
    select * from jsonb_to_recordset(${JSON.stringify(events.map(inTable))}::jsonb)
      as x(room text, stream text, place int, at_ms int8, kind text, body text, salt text, mac text)`)
}

/** Up to this many events, one statement each is faster than one for all, which keeps the chain's head in a variable. */
const mostByThemselves = 4

/**
 * The SQL that inserts the events that are missing and chains all of them. Rooms are ordered by name, so that no two
 * transactions wait for each other's heads.
 */
export function writing(events: readonly NewEvent[]): SQL {
  const inOrder = events.toSorted((a, b) => (a.room < b.room ? -1 : a.room > b.room ? 1 : 0))
  if (inOrder.length <= mostByThemselves) return sql.join(inOrder.map(appending), sql`; `)
  const entries = inOrder.map((event, n) => {
    const { room, stream, place, digest } = event
    const link = { n, room, stream, place, digest }
    return event.isInserted ? link : { ...link, ...inTable(event) }
  })
  return sql`select ledger_write(${JSON.stringify(entries)}::jsonb)`
}

function appending({ room, stream, place, digest, isInserted, ...what }: NewEvent): SQL {
  const { atMs, kind, body, salt, mac } = what
  const happened = isInserted
    ? sql`null, null, null, null, null`
    : sql`${atMs}, ${kind}, ${body}, ${salt}, ${mac}`
  return sql`select ledger_append(${room}, ${stream}, ${place}, ${digest}, ${happened})`
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

/** Parses an event's body, which only this product writes. */
export const dataOf = (body: string) => JSON.parse(body) as Readonly<Record<string, unknown>>

export async function deleteEvents(queries: Queries, room: string, stream: string): Promise<void> {
  await queries.execute(sql`delete from ledger_events where room = ${room} and stream = ${stream}`)
}
