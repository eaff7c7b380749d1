import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import { type TrailEntry, type TrailQuery, trailActs } from './api.ts'

export type TrailRow = TrailEntry & { readonly id: string }
export type Placed = TrailRow & { readonly hour: string; readonly place: number }

/** Locks this hour's stream until the transaction ends. @returns how many entries it has */
export async function lockHour(queries: Queries, hour: string): Promise<number> {
  await queries.execute(sql`select pg_advisory_xact_lock(hashtext('trail'), hashtext(${hour}))`)
  const [row] = await queries.query(
    sql`select coalesce(max(place), 0)::int as last from trail where hour = ${hour}`,
    z.object({ last: z.number() }),
  )
  return row?.last ?? 0
}

/** Which of these ids exist already. */
export async function knownIds(queries: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queries.query(
    sql`select id from trail where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
    z.object({ id: z.string() }),
  )
  return new Set(rows.map(({ id }) => id))
}

export async function insertEntries(queries: Queries, entries: readonly Placed[]): Promise<void> {
  const rows = entries.map(({ atMs, ...row }) => ({ ...row, at: new Date(atMs).toISOString() }))
  await queries.execute(sql`
    insert into trail (hour, place, id, at, act, outcome, person, role, address, way, about, whose)
    select hour, place, id, at, act, outcome, person, role, address, way, about, whose
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(hour text, place int, id text, at timestamptz, act text,
      outcome text, person text, role text, address text, way text, about text, whose text)`)
}

const entryRow = z
  .object({
    hour: z.string(),
    place: z.number(),
    at: z.date(),
    act: z.enum(trailActs),
    outcome: z.enum(['done', 'refused']),
    person: z.string(),
    role: z.string(),
    address: z.string(),
    way: z.string(),
    about: z.string(),
    whose: z.string(),
  })
  .transform(({ at, ...row }) => ({ ...row, atMs: at.getTime() }))

type Wanted = Omit<TrailQuery, 'number' | 'before'> & {
  readonly whose?: string
  readonly before?: { readonly hour: string; readonly place: number }
}

/** Entries, latest first. */
export function selectEntries(
  queries: Queries,
  { person, act, about, whose, fromMs, untilMs, before, limit }: Wanted,
) {
  const latest = 253_402_300_799_000
  const where = sql.join(
    [
      sql`at >= ${new Date(Math.min(fromMs, latest))} and at < ${new Date(Math.min(untilMs, latest))}`,
      ...(person === undefined ? [] : [sql`person = ${person}`]),
      ...(act === undefined ? [] : [sql`act = ${act}`]),
      ...(about === undefined ? [] : [sql`about = ${about}`]),
      ...(whose === undefined ? [] : [sql`whose = ${whose}`]),
      ...(before === undefined ? [] : [sql`(hour, place) < (${before.hour}, ${before.place})`]),
    ],
    sql` and `,
  )
  return queries.query(
    sql`select hour, place, at, act, outcome, person, role, address, way, about, whose from trail
      where ${where} order by hour desc, place desc limit ${limit}`,
    entryRow,
  )
}

/** How many orders, calls and callers each person has looked at since then. */
export const looksSince = (queries: Queries, persons: readonly string[], sinceMs: number) =>
  queries.query(
    sql`select person, role, count(distinct about || whose)::int as count, bool_or(act = 'alarm') as told from trail
      where person in (select jsonb_array_elements_text(${JSON.stringify(persons)}::jsonb)) and at > ${new Date(sinceMs)}
        and (act in ('read', 'revealed', 'listened', 'opened', 'searched') and about || whose <> '' or act = 'alarm')
      group by person, role`,
    z.object({ person: z.string(), role: z.string(), count: z.number(), told: z.boolean() }),
  )

export const hoursBefore = (queries: Queries, hour: string, limit: number) =>
  queries.query(
    sql`select hour, max(place)::int as last from trail where hour < ${hour} group by hour order by hour limit ${limit}`,
    z.object({ hour: z.string(), last: z.number() }),
  )

export async function deleteHour(queries: Queries, hour: string): Promise<void> {
  await queries.execute(sql`delete from trail where hour = ${hour}`)
}
