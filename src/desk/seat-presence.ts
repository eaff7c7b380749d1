import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'

/** What seats did in one stretch of time, in seconds added up over all seats. */
export type SeatPresence = {
  /** Index of the stretch, starting at 0. */
  readonly stretch: number
  /** On a break or not. */
  readonly signedInSeconds: number
  /** Ready, offered, calling, talking, wrapping up or resting. */
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
 * Staffing in consecutive stretches of time: each spell counts in every stretch that it touches. Stretches in which
 * nobody was there are left out. Spells of one state that begin and end in the same stretches are added up before
 * they are cut, since nearly all lie within one: four million of a month take two seconds, and ten when cut one by
 * one.
 */
export async function seatPresence(
  queries: Queries,
  { startsMs, untilMs }: PresenceQuery,
): Promise<readonly SeatPresence[]> {
  const [firstMs] = startsMs
  if (firstMs === undefined) return []
  const lengthMs = untilMs - firstMs
  // Relative to the first start: small numbers, whose sums stay exact.
  const starts = arrayOf(startsMs.map(ms => ms - firstMs))
  const ends = arrayOf([...startsMs.slice(1), untilMs].map(ms => ms - firstMs))
  return queries.query(
    sql`
      with clipped as (
        select state, greatest(from_ms - ${firstMs}::bigint, 0)::float8 as from_ms,
          least(until_ms - ${firstMs}::bigint, ${lengthMs}::bigint)::float8 as until_ms
        from seat_states
        where state <> 'signed-out' and until_ms > ${firstMs}::bigint and from_ms < ${untilMs}::bigint
      ), spells as (
        select state, width_bucket(from_ms, ${starts}) as first, width_bucket(until_ms - 1, ${starts}) as last,
          count(*) as spells, sum(from_ms) as from_ms, sum(until_ms) as until_ms
        from clipped group by 1, 2, 3
      ), shares as (
        select stretch, state, (
            case stretch when last then until_ms else spells * (${ends})[stretch] end
            - case stretch when first then from_ms else spells * (${starts})[stretch] end
          ) / 1000 as seconds
        from spells, generate_series(first, last) as stretch
      )
      select stretch - 1 as stretch,
        sum(seconds) as "signedInSeconds",
        coalesce(sum(seconds) filter (where state in ('ready', 'offered', 'calling', 'talking', 'wrap-up', 'resting')), 0)
          as "workingSeconds",
        coalesce(sum(seconds) filter (where state = 'talking'), 0) as "talkingSeconds",
        coalesce(sum(seconds) filter (where state = 'wrap-up'), 0) as "wrapUpSeconds"
      from shares group by stretch order by stretch`,
    presenceRow,
  )
}

const arrayOf = (values: readonly number[]) => sql`${`{${values.join(',')}}`}::float8[]`
