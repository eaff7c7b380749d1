import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'

/** Seats in one stretch of time, in seconds that they spent there, all together. */
export type SeatPresence = {
  /** Which of the stretches, from 0 on. */
  readonly stretch: number
  /** On a break or not. */
  readonly signedInSeconds: number
  /** Ready, ringing, talking, wrapping up. */
  readonly workingSeconds: number
  readonly talkingSeconds: number
  readonly wrapUpSeconds: number
}

/** The last of the stretches ends at `untilMs`. */
export type PresenceQuery = { readonly startsMs: readonly number[]; readonly untilMs: number }

const presenceRow = z.object({
  stretch: z.number(),
  signedInSeconds: z.number(),
  workingSeconds: z.number(),
  talkingSeconds: z.number(),
  wrapUpSeconds: z.number(),
})

/**
 * Who was there, in stretches of time that follow one another: each spell counts in every stretch that it touches. Those
 * in which nobody was are left out.
 */
export async function seatPresence(
  queries: Queries,
  { startsMs, untilMs }: PresenceQuery,
): Promise<readonly SeatPresence[]> {
  const [firstMs] = startsMs
  if (firstMs === undefined) return []
  const starts = sql`${`{${startsMs.join(',')}}`}::bigint[]`
  const ends = sql`${`{${[...startsMs.slice(1), untilMs].join(',')}}`}::bigint[]`
  return queries.query(
    sql`
      with shares as (
        select stretch, state,
          (least(until_ms, (${ends})[stretch]) - greatest(from_ms, (${starts})[stretch])) / 1000.0 as seconds
        from seat_states, generate_series(
          greatest(1, width_bucket(from_ms, ${starts})), width_bucket(until_ms - 1, ${starts})
        ) as stretch
        where state <> 'signed-out' and until_ms > ${firstMs}::bigint and from_ms < ${untilMs}::bigint
      )
      select stretch - 1 as stretch,
        sum(seconds)::float8 as "signedInSeconds",
        coalesce(sum(seconds) filter (where state in ('ready', 'offered', 'talking', 'wrap-up', 'resting')), 0)::float8
          as "workingSeconds",
        coalesce(sum(seconds) filter (where state = 'talking'), 0)::float8 as "talkingSeconds",
        coalesce(sum(seconds) filter (where state = 'wrap-up'), 0)::float8 as "wrapUpSeconds"
      from shares group by stretch order by stretch`,
    presenceRow,
  )
}
