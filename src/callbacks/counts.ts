import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import type { CallbackCounts } from './api.ts'
import type { Pace } from './pace.ts'
import { maybe, moment, rangSince, time } from './store.ts'

/**
 * When they were first rung, or served otherwise; null for callbacks given up or forgotten unrung. One closed
 * otherwise and forgotten later counts as before.
 */
const keptSql = sql`coalesce(first_try_at, case when exists (select from callback_events e
  where e.callback_id = callbacks.id and e.kind = 'closed' and e.note not in ('gave-up', 'forgotten')) then ended_at end)`
/** Not kept by then, and not forgotten before then. */
const isMissed = (
  by: SQL,
  now: string | null,
) => sql`(${keptSql} > ${by} or (${by} is not null and ${keptSql} is null
  and ("end" = 'gave-up' or ${by} <= case when "end" = 'forgotten' then ended_at else ${now}::timestamptz end)))`

export async function countCallbacks(
  queries: Queries,
  { fromMs, untilMs, nowMs }: { readonly fromMs: number; readonly untilMs: number; readonly nowMs: number },
): Promise<CallbackCounts> {
  const now = moment(nowMs)
  const [owed] = await queries.query(
    sql`select count(*)::int as owed, (count(*) filter (where red_at <= ${now} and promised_at is not null))::int as late,
        (count(*) filter (where promised_at is null))::int as "toFind", min(invited_at) as "oldestAtMs"
      from callbacks where state <> 'closed'`,
    z.object({ owed: z.number(), late: z.number(), toFind: z.number(), oldestAtMs: maybe(time) }),
  )
  const made = sql`owed_at >= ${moment(fromMs)} and owed_at < ${moment(untilMs)}`
  const [kept] = await queries.query(
    sql`select count(promised_at)::int as made,
        (count(*) filter (where ${keptSql} <= promised_at))::int as kept,
        (count(*) filter (where ${isMissed(sql`promised_at`, now)}))::int as missed,
        count(told_at)::int as told,
        (count(*) filter (where ${keptSql} <= told_at))::int as "toldKept",
        (count(*) filter (where ${isMissed(sql`told_at`, now)}))::int as "toldMissed"
      from callbacks where ${made}`,
    z.object({
      made: z.number(),
      kept: z.number(),
      missed: z.number(),
      told: z.number(),
      toldKept: z.number(),
      toldMissed: z.number(),
    }),
  )
  const counted = z.object({ name: z.string().nullable(), count: z.number() })
  const reasons = await queries.query(
    sql`select (select reason from callback_losses l where l.callback_id = callbacks.id order by at, call_id limit 1) as name,
        count(*)::int as count
      from callbacks where ${made} group by 1`,
    counted,
  )
  const ends = await queries.query(
    sql`select "end" as name, count(*)::int as count from callbacks where ${made} and "end" is not null group by 1`,
    counted,
  )
  return {
    owed: owed?.owed ?? 0,
    late: owed?.late ?? 0,
    toFind: owed?.toFind ?? 0,
    oldestAtMs: owed?.oldestAtMs,
    made: kept?.made ?? 0,
    kept: kept?.kept ?? 0,
    missed: kept?.missed ?? 0,
    told: kept?.told ?? 0,
    toldKept: kept?.toldKept ?? 0,
    toldMissed: kept?.toldMissed ?? 0,
    reasons: Object.fromEntries(reasons.flatMap(({ name, count }) => (name ? [[name, count]] : []))),
    ends: Object.fromEntries(ends.flatMap(({ name, count }) => (name ? [[name, count]] : []))),
  }
}

/** Whom the hotline rings by itself, whom only a person may ring; all, if the hotline does not lead. */
export type Who = 'led' | 'by-hand' | 'all'

/** Callbacks whose number can be rung at all. */
const ringable = sql`unwilling is null and number <> '' and proof not in ('withheld', 'incomplete')`
const groups: Readonly<Record<Who, SQL>> = {
  all: sql`true`,
  led: sql`proof = 'rang-us' and not talked`,
  'by-hand': sql`(proof <> 'rang-us' or talked)`,
}

/**
 * How many callbacks are to be rung now, and how many were rung recently.
 * @param lateSinceMs if set, only callers who rang after it count as late: at night, older ones are late because
 * nobody is rung
 */
export async function selectPace(
  queries: Queries,
  {
    who,
    nowMs,
    sinceMs,
    awakeSinceMs,
    lateSinceMs,
  }: {
    readonly who: Who
    readonly nowMs: number
    readonly sinceMs: number
    readonly awakeSinceMs: number
    readonly lateSinceMs: number | undefined
  },
): Promise<Required<Pick<Pace, 'ahead' | 'awake' | 'late' | 'rung'>>> {
  const [now, since] = [moment(nowMs), moment(sinceMs)]
  const isAhead = sql`state in ('open', 'taken') and (not_before is null or not_before <= ${now}) and ${ringable}`
  const [found] = await queries.query(
    sql`select (count(*) filter (where ${isAhead}))::int as ahead,
        (count(*) filter (where ${isAhead} and ${rangSince(awakeSinceMs)}))::int as awake,
        (count(*) filter (where ${isAhead} and red_at <= ${now} and ${rangSince(lateSinceMs)}))::int as late,
        (count(*) filter (where first_try_at > ${since}))::int as rung
      from callbacks where (state <> 'closed' or ended_at > ${since}) and ${groups[who]}`,
    z.object({ ahead: z.number(), awake: z.number(), late: z.number(), rung: z.number() }),
  )
  return found ?? { ahead: 0, awake: 0, late: 0, rung: 0 }
}
