import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'

/** Somebody who wanted a person, and ended the call without one. */
export type LostCall = {
  readonly id: string
  readonly line: string
  readonly flow: string
  /** Empty when withheld. */
  readonly number: string
  readonly invitedAtMs: number
  /** From the INVITE to the end. */
  readonly waitedMs: number
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
        caller <> '' and exists (
          select from calls as later
          where later.caller = calls.caller and later.caller <> '' and later.id > calls.id and later.connected_at is not null
        ) as "cameBack"
      from calls
      where direction = 'in' and queued_at is not null and connected_at is null and ended_at is not null
        and invited_at >= to_timestamp(${fromMs / 1000}::float8) and invited_at < to_timestamp(${untilMs / 1000}::float8)
      order by invited_at desc limit ${limit}`,
    row,
  )
