import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import type { Light } from './api.ts'
import { mostCounted } from './listing/api.ts'
import { runs, toLookAt } from './store.ts'

/** Counts of orders, for lists, figures and pages. */

const moment = (ms: number) => new Date(ms).toISOString()

const countsRow = z.object({
  running: z.coerce.number(),
  undispatched: z.coerce.number(),
  waiting: z.coerce.number(),
  returned: z.coerce.number(),
  silent: z.coerce.number(),
  helping: z.coerce.number(),
  copied: z.coerce.number(),
  toLook: z.coerce.number(),
  repeated: z.coerce.number(),
  yellow: z.coerce.number(),
  red: z.coerce.number(),
})

/**
 * The length of each list of running orders, up to `mostCounted`: an exact count over 650,000 running orders took
 * 180 ms, and it is needed after every change.
 * @param unit all units when absent
 */
export async function countOrders(
  queries: Queries,
  unit: string | undefined,
  nowMs: number,
): Promise<Readonly<z.output<typeof countsRow>>> {
  const now = moment(nowMs)
  const own = unit === undefined ? sql`true` : sql`unit = ${unit}`
  const asked = unit === undefined ? sql`true` : sql`helpers @> ${JSON.stringify([unit])}::jsonb`
  const reads = unit === undefined ? sql`true` : sql`copies @> ${JSON.stringify([unit])}::jsonb`
  const upTo = (where: SQL) =>
    sql`(select count(*) from (select 1 from orders where ${where} limit ${mostCounted}) counted)`
  const [row] = await queries.query(
    sql`select ${upTo(sql`${runs} and ${own}`)} as running,
        ${upTo(sql`stage = 'undispatched' and ${own}`)} as undispatched,
        ${upTo(sql`stage = 'waiting' and ${own}`)} as waiting,
        ${upTo(sql`review_at is not null and ${own}`)} as returned,
        ${upTo(sql`task_at <= ${now} and ${own}`)} as silent,
        ${upTo(sql`${runs} and helpers <> '[]' and ${asked}`)} as helping,
        ${upTo(sql`${runs} and copies <> '[]' and ${reads}`)} as copied,
        ${upTo(sql`${runs} and ${toLookAt} and ${own}`)} as "toLook",
        ${upTo(sql`${runs} and like_open > 0 and ${own}`)} as repeated,
        ${upTo(sql`${runs} and ${own} and yellow_at <= ${now} and red_at > ${now} order by yellow_at desc`)} as yellow,
        ${upTo(sql`${runs} and ${own} and red_at <= ${now}`)} as red`,
    countsRow,
  )
  return (
    row ?? {
      running: 0,
      undispatched: 0,
      waiting: 0,
      returned: 0,
      silent: 0,
      helping: 0,
      copied: 0,
      toLook: 0,
      repeated: 0,
      yellow: 0,
      red: 0,
    }
  )
}

const lightsRow = z.object({
  green: z.coerce.number(),
  yellow: z.coerce.number(),
  red: z.coerce.number(),
})

/** Orders waiting for dispatch, by light: the centre's own figure. */
export async function countUndispatched(
  queries: Queries,
  nowMs: number,
): Promise<Readonly<Record<Light, number>>> {
  const now = moment(nowMs)
  const [row] = await queries.query(
    sql`select count(*) filter (where yellow_at > ${now}) as green,
        count(*) filter (where yellow_at <= ${now} and red_at > ${now}) as yellow,
        count(*) filter (where red_at <= ${now}) as red
      from orders where stage = 'undispatched'`,
    lightsRow,
  )
  return row ?? { green: 0, yellow: 0, red: 0 }
}

const consultedRow = z.object({ unit: z.string(), all: z.coerce.number(), atOnce: z.coerce.number() })
export type Consulted = z.output<typeof consultedRow>

/**
 * Consultations since a day, and how many of them were closed at once, by unit. Orders are found by number, which
 * begins with the day.
 * @param day for example 260105
 */
export const countConsultations = (
  queries: Queries,
  day: string,
  unit: string | undefined,
): Promise<readonly Consulted[]> =>
  queries.query(
    sql`select unit, count(*) as all, count(*) filter (where stage = 'closed' and changed_at = made_at) as "atOnce"
      from orders where number >= ${day} and type = 'consultation' and (${unit ?? null}::text is null or unit = ${unit ?? ''})
      group by unit order by unit`,
    consultedRow,
  )
