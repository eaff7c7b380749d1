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

/** What went by itself since a day, by the kind that it was taken for. By their numbers, which begin with the day. @param day as 260105 */
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
