import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Break } from './api.ts'
import { dataOf, type StoredEvent } from './events.ts'

/** The expected row by column. Times are Dates; undefined means that the events do not determine the column, so it is not compared. */
export type ExpectedRow = Readonly<Record<string, unknown>>

/** A table from which reports are made or rights are granted. */
export type ReportedTable = {
  readonly name: string
  /** The column that holds a row's stream. */
  readonly stream: string
  /** The column by which the rows of one stream are ordered; absent if a stream has one row. */
  readonly order?: string
  /** Columns that are not reported, each with the reason. All others are rebuilt. */
  readonly apart: Readonly<Record<string, string>>
  /** What is compared instead of a column's value, such as the hash of a password. */
  readonly asCompared?: Readonly<Record<string, (found: unknown) => unknown>>
}

/** What a room reports, and how it is rebuilt from what happened. */
export type Reported = {
  readonly room: string
  readonly tables: readonly ReportedTable[]
  /** How many streams are held in memory at once; 500 when absent. */
  readonly streamsAtOnce?: number
  /** Rows by table. Throws for what cannot have happened in this order. */
  /** Where a table has several rows of a stream, they are in its order. */
  rebuild(stream: string, events: readonly StoredEvent[]): Readonly<Record<string, readonly ExpectedRow[]>>
}

/** Rebuilds every row of a room and compares in both directions. @returns the number of expected rows by table */
export async function compareRows(
  queries: Queries,
  reported: Reported,
  found: (broken: Break) => void,
): Promise<Readonly<Record<string, number>>> {
  const { room, tables } = reported
  const counts = Object.fromEntries(tables.map(({ name }) => [name, 0]))
  // Read the next streams while these are rebuilt, so that the database and this process work in parallel.
  let next = streamsAfter(queries, reported, '')
  for (let streams = await next; streams.length > 0; streams = await next) {
    next = streamsAfter(queries, reported, streams.at(-1)?.stream ?? '')
    for (const { stream, events, rows } of streams) {
      const expected = rebuilt(reported, stream, events, found)
      if (!expected) continue
      tables.forEach((table, index) => {
        const wanted = expected[table.name] ?? []
        counts[table.name] = (counts[table.name] ?? 0) + wanted.length
        for (const broken of differences(table, wanted, rows[index] ?? []))
          found({ room, stream, table: table.name, ...broken })
      })
    }
  }
  return counts
}

/** An event whose body may have been tampered with, so that it may not be readable. */
type UnreadEvent = Omit<StoredEvent, 'data'> & { readonly body: string }

const readEvent = ({ body, ...event }: UnreadEvent): StoredEvent => ({ ...event, data: dataOf(body) })

function rebuilt(
  { room, rebuild }: Reported,
  stream: string,
  events: readonly UnreadEvent[],
  found: (broken: Break) => void,
) {
  try {
    return events.length === 0 ? {} : rebuild(stream, events.map(readEvent))
  } catch {
    found({ room, stream, what: 'history' })
    return undefined
  }
}

type Row = Readonly<Record<string, unknown>>

function* differences(
  { order, apart, asCompared = {} }: ReportedTable,
  expected: readonly ExpectedRow[],
  found: readonly Row[],
): Generator<Pick<Break, 'what' | 'column'>> {
  if (found.length !== expected.length) {
    yield { what: found.length < expected.length ? 'row-missing' : 'row-unexpected' }
    return
  }
  const inOrder = order === undefined ? found : found.toSorted((a, b) => compare(a[order], b[order]))
  for (const [index, wanted] of expected.entries())
    for (const [column, value] of Object.entries(inOrder[index] ?? {})) {
      if (Object.hasOwn(apart, column)) continue
      if (!Object.hasOwn(wanted, column)) yield { what: 'column-unknown', column }
      else if (!isSame(wanted[column], asCompared[column]?.(value) ?? value)) yield { what: 'column', column }
    }
}

const compare = (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1

function isSame(expected: unknown, found: unknown): boolean {
  if (expected === undefined) return true
  if (expected instanceof Date) return typeof found === 'string' && Date.parse(found) === expected.getTime()
  if (typeof expected === 'object' && expected !== null) return sorted(expected) === sorted(found)
  return expected === found
}

/** JSON that does not depend on the order of keys. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  )

const eventRow = z.tuple([z.number(), z.number(), z.string(), z.string(), z.boolean()])
const streamRow = z.object({
  stream: z.string(),
  events: z.array(eventRow),
  rows: z.array(z.array(z.looseObject({}))),
})

/**
 * The next streams with all their events and rows, including streams that have only one of the two. Read by one statement,
 * and so consistent.
 */
export async function streamsAfter(
  queries: Queries,
  { room, tables, streamsAtOnce: batch = 500 }: Reported,
  last: string,
) {
  const column = (of: ReportedTable) => sql.raw(`"${of.stream}" collate "C"`)
  const table = (of: ReportedTable) => sql.raw(`"${of.name}"`)
  const sources = [
    sql`(select distinct stream from ledger_events where room = ${room} and stream > ${last} order by 1 limit ${batch})`,
    ...tables.map(
      of =>
        sql`(select distinct ${column(of)} as stream from ${table(of)} where ${column(of)} > ${last} order by 1 limit ${batch})`,
    ),
  ]
  const rowsOf = tables.map(
    of =>
      sql`(select coalesce(json_agg(to_json(t)), '[]') from ${table(of)} t where t.${column(of)} = s.stream)`,
  )
  const rows = await queries.query(
    sql`select s.stream,
        (select coalesce(json_agg(json_build_array(place, at_ms, kind, body, mac is null) order by place), '[]')
          from ledger_events where room = ${room} and ledger_events.stream = s.stream) as events,
        json_build_array(${sql.join(rowsOf, sql`, `)}) as rows
      from (${sql.join(sources, sql` union `)} order by 1 limit ${batch}) s order by s.stream`,
    streamRow,
  )
  return rows.map(({ stream, events, rows: found }) => ({
    stream,
    rows: found,
    events: events.map(
      ([place, atMs, kind, body, isAdopted]): UnreadEvent => ({ place, atMs, kind, body, isAdopted }),
    ),
  }))
}
