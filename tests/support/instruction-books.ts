/** What units had to answer, told anew from what happened: no line of the product's own counting is in it. */
import { z } from 'zod'
import { type Database, sql } from '../../src/storage/index.ts'

const row = z.object({
  number: z.string(),
  seq: z.coerce.number(),
  level: z.string(),
  because: z.string(),
  unit: z.string(),
  outcome: z.string().nullable(),
  doneAtMs: z.coerce.number().nullable(),
  dueAtMs: z.coerce.number(),
})

/** Of limits in natural time: an instruction ends with the next event that says so, and was the unit's that had the order then. */
export const instructionBooks = (database: Database) =>
  database.query(
    sql`with told as (
        select stream, place, at_ms, kind, body::jsonb->'data' as said from ledger_events where room = 'orders'
      ), places as (
        select stream, place, coalesce(said->>'target', said->>'unit') as unit from told
        where kind in ('made', 'dispatched', 'appointed', 'returned') or kind = 'reclassified' and said ? 'target'
          or kind = 'return-decided' and said->>'outcome' = 'upheld'
      ), ends as (
        select stream, place, at_ms, case kind when 'instructed' then 'raised' when 'instruction-answered' then 'answered'
          when 'instruction-ended' then 'ended' when 'closed' then 'closed' end as outcome
        from told where kind in ('instructed', 'instruction-answered', 'instruction-ended', 'closed')
      )
      select i.stream as number, i.place as seq, i.said->>'level' as level, i.said->>'because' as because, ending.outcome,
        ending.at_ms as "doneAtMs", i.at_ms + (i.said->'limit'->>'ms')::int8 as "dueAtMs",
        coalesce(
          (select said->>'unit' from told s where s.stream = i.stream and s.kind = 'signed'
            and s.place < coalesce(ending.place, 1000000) order by place limit 1),
          (select unit from places p where p.stream = i.stream and p.place < coalesce(ending.place, 1000000)
            order by place desc limit 1)) as unit
      from told i left join lateral (
        select place, at_ms, outcome from ends e where e.stream = i.stream and e.place > i.place order by place limit 1
      ) ending on true
      where i.kind = 'instructed' order by 1, 2`,
    row,
  )
