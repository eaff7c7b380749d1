import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { Answering, DayFigures } from '../api.ts'

const row = z
  .object({
    hour: z.number().nullable(),
    calls: z.number(),
    wanted: z.number(),
    reached: z.number(),
    soon: z.number(),
    medianMs: z.number().nullable(),
    p95Ms: z.number().nullable(),
  })
  .transform(({ medianMs, p95Ms, ...rest }) => ({
    ...rest,
    medianMs: medianMs === null ? undefined : Math.round(medianMs),
    p95Ms: p95Ms === null ? undefined : Math.round(p95Ms),
  }))

const none: Answering = { calls: 0, wanted: 0, reached: 0, soon: 0 }

/**
 * Calls from `fromMs` to `untilMs`, as a whole and by the hour.
 * @param soonMs how long until a person counts as soon: 15 s by GB/T 33358-2016
 */
export async function dayFigures(
  queries: Queries,
  { fromMs, untilMs, soonMs }: { readonly fromMs: number; readonly untilMs: number; readonly soonMs: number },
): Promise<DayFigures> {
  const rows = await queries.query(
    sql`
      with one as (
        select floor((extract(epoch from invited_at) - ${fromMs / 1000}::float8) / 3600)::int as hour,
          exists (select from call_facts where call_id = id and fact->>'kind' = 'queued') as wanted,
          (select min(at_us) from call_facts where call_id = id and fact->>'kind' = 'connected') / 1000.0
            - extract(epoch from invited_at) * 1000 as after_ms
        from calls
        where direction = 'in' and invited_at >= to_timestamp(${fromMs / 1000}) and invited_at < to_timestamp(${untilMs / 1000})
      )
      select hour, count(*)::int as calls, (count(*) filter (where wanted))::int as wanted,
        count(after_ms)::int as reached, (count(*) filter (where after_ms <= ${soonMs}::float8))::int as soon,
        percentile_cont(0.5) within group (order by after_ms::float8) as "medianMs",
        percentile_cont(0.95) within group (order by after_ms::float8) as "p95Ms"
      from one group by rollup (hour) order by hour`,
    row,
  )
  const hours = rows.flatMap(({ hour, ...one }) => (hour === null ? [] : [{ hour, ...one }]))
  const { hour: _, ...whole } = rows.find(({ hour }) => hour === null) ?? { hour: null, ...none }
  return { ...whole, hours }
}
