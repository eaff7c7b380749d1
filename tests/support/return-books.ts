/** What returns cost, by pair of units, told anew from what happened: no line of the product's own counting is in it. */
import { z } from 'zod'
import { type Database, sql } from '../../src/storage/index.ts'

const row = z.object({
  from: z.string(),
  other: z.string(),
  count: z.coerce.number(),
  upheld: z.coerce.number(),
  lostMs: z.coerce.number(),
})

/**
 * An event puts an order at a unit, or says that it stays there; from the last such event before a return until the next
 * that says whose it is, or a signature, nobody worked on it.
 */
export const returnBooks = (database: Database, nowMs: number) =>
  database.query(
    sql`with told as (
        select stream, place, at_ms, kind, body::jsonb->'data' as said from ledger_events where room = 'orders'
      ), puts as (
        select stream, place, at_ms, kind, said->>'outcome' as outcome, coalesce(said->>'target', said->>'unit') as unit
        from told
        where kind in ('made', 'dispatched', 'appointed')
          or kind = 'reclassified' and said ? 'target'
          or kind = 'return-decided' and said->>'outcome' <> 'site'
      ), asks as (
        select stream, place, said->>'target' as named from told where kind = 'return-asked'
      ), books as (
        select asks.*, whose.unit as was, since.at_ms as since, ending.kind as how, ending.outcome, ending.unit as whose,
          coalesce(ending.at_ms, ${nowMs}::int8) as until
        from asks
          join lateral (select unit from puts where stream = asks.stream and place < asks.place and unit is not null
            order by place desc limit 1) whose on true
          join lateral (select at_ms from puts where stream = asks.stream and place < asks.place
            order by place desc limit 1) since on true
          left join lateral (
            select at_ms, kind, outcome, unit, place from puts where stream = asks.stream and place > asks.place
            union all
            select at_ms, kind, null, null, place from told where stream = asks.stream and place > asks.place and kind = 'signed'
            order by place limit 1
          ) ending on true
      )
      select was as "from", case when whose is not null and whose <> was then whose else named end as other, count(*),
        count(*) filter (where whose is not null and whose <> was) as upheld, sum(until - since) as "lostMs"
      from books group by 1, 2 order by 5 desc, 1, 2`,
    row,
  )
