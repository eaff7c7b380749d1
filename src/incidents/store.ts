import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import { type IncidentEvent, incidentAreaSchema, incidentEventSchema, incidentKindSchema } from './api.ts'
import type { Incident } from './incident.ts'

const atMs = z.coerce.date().transform(date => date.getTime())

const incidentRow = z
  .object({
    id: z.string(),
    kind: incidentKindSchema,
    words: z.object({ 'zh-CN': z.string(), en: z.string().optional() }),
    area: incidentAreaSchema,
    from_at: atMs,
    until_at: atMs,
    made_by: z.string(),
    made_at: atMs,
    ended_by: z.string().nullable(),
    ended_at: atMs.nullable(),
  })
  .transform(
    (row): Incident => ({
      id: row.id,
      kind: row.kind,
      words: row.words,
      area: row.area,
      fromMs: row.from_at,
      untilMs: row.until_at,
      madeBy: row.made_by,
      madeAtMs: row.made_at,
      endedBy: row.ended_by ?? undefined,
      endedAtMs: row.ended_at ?? undefined,
    }),
  )

const columns = sql`id, kind, words, area, from_at, until_at, made_by, made_at, ended_by, ended_at`

export const insertIncident = (queries: Queries, one: Incident): Promise<number> =>
  queries.execute(sql`
    insert into incidents (id, kind, words, area, from_at, until_at, made_by, made_at)
    values (${one.id}, ${one.kind}, ${JSON.stringify(one.words)}::jsonb, ${JSON.stringify(one.area)}::jsonb,
      ${new Date(one.fromMs)}, ${new Date(one.untilMs)}, ${one.madeBy}, ${new Date(one.madeAtMs)})`)

/** @returns 0 if it was already over, or does not exist */
export const endIncident = (queries: Queries, id: string, by: string, at: Date): Promise<number> =>
  queries.execute(sql`
    update incidents set ended_by = ${by}, ended_at = ${at}
    where id = ${id} and ended_at is null and until_at > ${at}`)

/** Updates the fields that can be changed. */
export const updateIncident = (queries: Queries, one: Incident): Promise<number> =>
  queries.execute(sql`
    update incidents set kind = ${one.kind}, words = ${JSON.stringify(one.words)}::jsonb,
      area = ${JSON.stringify(one.area)}::jsonb, until_at = ${new Date(one.untilMs)}
    where id = ${one.id}`)

/** Locks the row until the transaction ends, so that two changes happen one after the other. */
export async function lockIncident(queries: Queries, id: string): Promise<Incident | undefined> {
  const [found] = await queries.query(
    sql`select ${columns} from incidents where id = ${id} for update`,
    incidentRow,
  )
  return found
}

export const insertEvent = (queries: Queries, incident: string, event: IncidentEvent): Promise<number> =>
  queries.execute(sql`
    insert into incident_events (incident, at, kind, by, before)
    values (${incident}, ${new Date(event.atMs)}, ${event.kind}, ${event.by}, ${JSON.stringify(event.before)}::jsonb)`)

export const selectEvents = (queries: Queries, incident: string): Promise<readonly IncidentEvent[]> =>
  queries.query(
    sql`select at as "atMs", kind, by, before from incident_events where incident = ${incident} order by id`,
    incidentEventSchema.extend({ atMs }),
  )

export async function selectIncident(queries: Queries, id: string): Promise<Incident | undefined> {
  const [found] = await queries.query(sql`select ${columns} from incidents where id = ${id}`, incidentRow)
  return found
}

/** Present and coming incidents. */
export const selectOpen = (queries: Queries, at: Date): Promise<readonly Incident[]> =>
  queries.query(
    sql`select ${columns} from incidents where ended_at is null and until_at > ${at} order by id desc limit 200`,
    incidentRow,
  )

export const selectLatest = (queries: Queries, limit: number): Promise<readonly Incident[]> =>
  queries.query(sql`select ${columns} from incidents order by id desc limit ${limit}`, incidentRow)

/** Counts affected callers, each once however often they are written; those of a deleted incident do not count. */
export const insertAffected = (
  queries: Queries,
  incident: string,
  caller: string,
  at: Date,
): Promise<number> =>
  queries.execute(sql`
    insert into incident_callers (incident, caller, at)
    select ${incident}, ${caller}, ${at} where exists (select 1 from incidents where id = ${incident})
    on conflict do nothing`)

export async function countAffected(
  queries: Queries,
  incidents: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await queries.query(
    sql`select incident, count(*)::int as count from incident_callers
      where incident in (select jsonb_array_elements_text(${JSON.stringify(incidents)}::jsonb)) group by incident`,
    z.object({ incident: z.string(), count: z.number() }),
  )
  return new Map(rows.map(({ incident, count }) => [incident, count]))
}
