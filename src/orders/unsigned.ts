import { z } from 'zod'
import { type Clock, type Log, type Part, reasonOf, sidePart } from '../foundation/index.ts'
import { type Database, type Queries, sql } from '../storage/index.ts'

const row = z.object({ unit: z.string(), count: z.coerce.number() })

/** Orders that nobody signed within a limit, by unit; those that wait for the centre's word on a return are not its unit's silence. */
const countUnsigned = (queries: Queries, nowMs: number) =>
  queries.query(
    sql`select unit, count(*) as count from orders
      where stage = 'waiting' and red_at <= ${new Date(nowMs).toISOString()} and review_at is null
      group by unit order by unit`,
    row,
  )

type Dependencies = { readonly database: Database; readonly clock: Clock; readonly log: Log }

/**
 * What the alarms push: of each unit that has left orders unsigned past a limit a part that is down, so that whoever is on
 * duty is told once an hour a unit and not once an order. The house is ready all the same.
 */
export function unsignedParts({ database, clock, log }: Dependencies): () => Promise<readonly Part[]> {
  return async () => {
    try {
      const late = await countUnsigned(database, clock.now())
      return late.map(({ unit, count }) =>
        sidePart(`signing ${unit}`, `${count} orders past a limit, not signed`),
      )
    } catch (error) {
      // That the database is away is another part's to say.
      log.debug({ reason: reasonOf(error) }, 'unsigned orders are not counted')
      return []
    }
  }
}
