import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { Answering, DayFigures, DaySides } from '../api.ts'
import { quantile, type Wait } from './quantile.ts'

/** Whole minutes, and for waiting whole quarters of an hour: what is in part outside counts with it. */
type Stretch = { readonly fromMs: number; readonly untilMs: number }

const hourRow = z.object({
  hour: z.number(),
  calls: z.number(),
  wanted: z.number(),
  reached: z.number(),
  soon: z.number(),
})
/** Waits of an hour, as two lists side by side: a day has thousands, and a row for each would take longer to read than to count. */
const waitRow = z
  .object({ hour: z.number(), upToMs: z.array(z.number()), calls: z.array(z.number()) })
  .transform(({ hour, upToMs, calls }) => ({
    hour,
    waits: upToMs.map((ms, index): Wait => ({ upToMs: ms, calls: calls[index] ?? 0 })),
  }))

const at = (ms: number) => sql`to_timestamp(${ms / 1000}::float8)`
const within = (column: 'minute' | 'quarter', { fromMs, untilMs }: Stretch) =>
  sql`${sql.raw(column)} >= ${at(fromMs)} and ${sql.raw(column)} < ${at(untilMs)}`
const hourOf = (column: 'minute' | 'quarter', { fromMs }: Stretch) =>
  sql`floor(date_part('epoch', ${sql.raw(column)} - ${at(fromMs)}) / 3600)::int`

/** Calls that rang the house from `fromMs` to `untilMs`, as a whole and by the hour; waiting to a tenth of a second. */
export async function dayFigures(queries: Queries, stretch: Stretch): Promise<DayFigures> {
  const counted = queries.query(
    sql`select ${hourOf('minute', stretch)} as hour, sum(calls)::int as calls, sum(wanted)::int as wanted,
        sum(reached)::int as reached, sum(soon)::int as soon
      from call_minutes where direction = 'in' and ${within('minute', stretch)}
      group by 1 having sum(calls) > 0 order by 1`,
    hourRow,
  )
  // Which hour a quarter is in is worked out for each quarter, and not for each of the twenty thousand rows of a day.
  const waited = queries.query(
    sql`select hour, jsonb_agg(up_to_ms order by up_to_ms) as "upToMs", jsonb_agg(calls order by up_to_ms) as calls
      from (
        select hour, up_to_ms, sum(calls)::int as calls
        from call_waits join (
          select quarter, ${hourOf('quarter', stretch)} as hour
          from generate_series(
            date_bin('15 minutes', ${at(stretch.fromMs)}, '2000-01-01Z'), ${at(stretch.untilMs)}, interval '15 minutes'
          ) as quarter
        ) as quarters using (quarter)
        where ${within('quarter', stretch)} group by 1, 2
      ) as waited group by hour`,
    waitRow,
  )
  const [hours, waits] = await Promise.all([counted, waited])
  const waitsOf = (hour: number) => waits.find(one => one.hour === hour)?.waits ?? []
  return {
    ...answering(
      hours,
      waits.flatMap(one => one.waits).sort((one, other) => one.upToMs - other.upToMs),
    ),
    hours: hours.map(one => ({ hour: one.hour, ...answering([one], waitsOf(one.hour)) })),
  }
}

/** @param waits by how long */
function answering(
  hours: readonly Omit<Answering, 'medianMs' | 'p95Ms'>[],
  waits: readonly Wait[],
): Answering {
  const sum = (name: 'calls' | 'wanted' | 'reached' | 'soon') =>
    hours.reduce((whole, one) => whole + one[name], 0)
  return {
    calls: sum('calls'),
    wanted: sum('wanted'),
    reached: sum('reached'),
    soon: sum('soon'),
    medianMs: quantile(waits, 0.5),
    p95Ms: quantile(waits, 0.95),
  }
}

const sidesRow = z.object({
  lost: z.number(),
  deferred: z.number(),
  menuKnown: z.number(),
  menuFree: z.number(),
  longestMs: z
    .number()
    .nullable()
    .transform(ms => ms ?? undefined),
})
const outgoingRow = z.object({
  flow: z.string(),
  calls: z.number(),
  answered: z.number(),
  reached: z.number(),
})

/** What else a stretch came to: who got nobody or chose a callback, menus, and the calls that the house made. */
export async function daySides(queries: Queries, stretch: Stretch): Promise<DaySides> {
  const [sides] = await queries.query(
    sql`select coalesce(sum(lost), 0)::int as lost, coalesce(sum(deferred), 0)::int as deferred,
        coalesce(sum(menu_known), 0)::int as "menuKnown",
        coalesce(sum(menu_free), 0)::int as "menuFree", max(longest_ms) as "longestMs"
      from call_minutes where direction = 'in' and ${within('minute', stretch)}`,
    sidesRow,
  )
  const outgoing = await queries.query(
    sql`select flow, sum(calls)::int as calls, sum(answered)::int as answered, sum(reached)::int as reached
      from call_minutes where direction = 'out' and ${within('minute', stretch)}
      group by flow having sum(calls) > 0 order by flow`,
    outgoingRow,
  )
  return { lost: 0, deferred: 0, menuKnown: 0, menuFree: 0, ...sides, outgoing }
}
