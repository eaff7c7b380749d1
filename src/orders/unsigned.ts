import { z } from 'zod'
import { type Clock, type Log, type Part, reasonOf, sidePart } from '../foundation/index.ts'
import { type Database, type Queries, sql } from '../storage/index.ts'

const row = z.object({ unit: z.string(), count: z.coerce.number() })

/** Orders unsigned past a limit, by unit; those with a return before the centre do not count. */
const countUnsigned = (queries: Queries, nowMs: number) =>
  queries.query(
    sql`select unit, count(*) as count from orders
      where stage = 'waiting' and red_at <= ${new Date(nowMs).toISOString()} and review_at is null
      group by unit order by unit`,
    row,
  )

type Dependencies = { readonly database: Database; readonly clock: Clock; readonly log: Log }

/**
 * For alarms: one part that is down for each unit with orders unsigned past a limit, so that the person on duty is
 * told once an hour per unit and not per order. The service stays ready.
 */
export function unsignedParts({ database, clock, log }: Dependencies): () => Promise<readonly Part[]> {
  return async () => {
    try {
      const late = await countUnsigned(database, clock.now())
      return late.map(({ unit, count }) =>
        sidePart(`signing ${unit}`, `${count} orders past a limit, not signed`),
      )
    } catch (error) {
      // That the database is away is reported by another part.
      log.debug({ reason: reasonOf(error) }, 'unsigned orders are not counted')
      return []
    }
  }
}
