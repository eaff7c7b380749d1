import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import { gotNone } from './tally-migration.ts'
import { hasChosenCallback } from './wanted-migration.ts'

/** Somebody who wanted a person, and whose call ended without one or a callback that they chose. */
export type LostCall = {
  readonly id: string
  readonly line: string
  readonly flow: string
  /** Empty when withheld. */
  readonly number: string
  readonly invitedAtMs: number
  /** From the INVITE to the end. */
  readonly waitedMs: number
  /** They gave up, or the queue had no place for them. */
  readonly why: 'gave-up' | 'turned-away'
  /** Rang again, and reached a person. */
  readonly cameBack: boolean
}

const row = z
  .object({
    id: z.string(),
    line: z.string(),
    flow: z.string(),
    number: z.string(),
    invitedAt: z.date(),
    endedAt: z.date(),
    why: z.enum(['gave-up', 'turned-away']),
    cameBack: z.boolean(),
  })
  .transform(
    ({ invitedAt, endedAt, ...rest }): LostCall => ({
      ...rest,
      invitedAtMs: invitedAt.getTime(),
      waitedMs: endedAt.getTime() - invitedAt.getTime(),
    }),
  )

/**
 * The latest first. That a later call has a number, too, is said for the index of numbers, which leaves withheld ones out:
 * without it every later call of the day is read, and PostgreSQL compiles the query for 0.8 s first.
 */
export const listLost = (
  queries: Queries,
  { fromMs, untilMs, limit }: { readonly fromMs: number; readonly untilMs: number; readonly limit: number },
): Promise<readonly LostCall[]> =>
  queries.query(
    sql`select id, line, coalesce(flow, '') as flow, caller as number, invited_at as "invitedAt", ended_at as "endedAt",
        case when turned_away_at is null then 'gave-up' else 'turned-away' end as why,
        caller <> '' and exists (
          select from calls as later
          where later.caller = calls.caller and later.caller <> '' and later.id > calls.id and later.connected_at is not null
        ) as "cameBack"
      from calls
      where direction = 'in' and ${sql.raw(gotNone)}
        and not ${sql.raw(hasChosenCallback)}
        and invited_at >= to_timestamp(${fromMs / 1000}::float8) and invited_at < to_timestamp(${untilMs / 1000}::float8)
      order by invited_at desc limit ${limit}`,
    row,
  )
