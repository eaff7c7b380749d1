import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'

const counted = z.object({
  kind: z.string(),
  went: z.coerce.number(),
  reversed: z.coerce.number(),
  sampled: z.coerce.number(),
  looked: z.coerce.number(),
  right: z.coerce.number(),
  asked: z.coerce.number(),
})

/**
 * Automatic dispatches since a day, by triage's kind. Orders are found by number, which begins with the day. @param
 * day for example 260105
 */
export const countByRule = (queries: Queries, day: string) =>
  queries.query(
    sql`select rule_kind as kind, count(*) as went, count(*) filter (where rule_verdict = 'reversed') as reversed,
        count(*) filter (where rule_sampled) as sampled,
        count(*) filter (where rule_sampled and rule_verdict is not null) as looked,
        count(*) filter (where rule_sampled and rule_verdict = 'right') as right,
        count(*) filter (where person_asked) as asked
      from orders where number >= ${day} and rule_kind is not null group by rule_kind order by went desc, kind`,
    counted,
  )

const combination = z.object({
  kind: z.string(),
  district: z.string(),
  street: z.string(),
  count: z.coerce.number(),
})

/** Orders with a kind since a day, by kind and place. @param day for example 260105 */
export const countCombinations = (queries: Queries, day: string) =>
  queries.query(
    sql`select kind, coalesce(district, '') as district, street, count(*) as count
      from orders where number >= ${day} and kind is not null group by 1, 2, 3`,
    combination,
  )

const moved = combination.omit({ count: true }).extend({ number: z.string() })

/** Orders since a day with one of these kinds and places, the latest first. @param day for example 260105 */
export const selectOfCombinations = (
  queries: Queries,
  day: string,
  of: readonly z.output<typeof combination>[],
  limit: number,
) =>
  queries.query(
    sql`select number, orders.kind, coalesce(orders.district, '') as district, orders.street from orders
      join jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as one (kind text, district text, street text)
        on orders.kind = one.kind and coalesce(orders.district, '') = one.district and orders.street = one.street
      where number >= ${day} order by number desc limit ${limit}`,
    moved,
  )
