import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { Levels, LevelWindow } from '../api.ts'

/** What one minute brought, counted from some first minute. */
export type MinuteCount = {
  readonly minute: number
  readonly wanted: number
  readonly reached: number
  readonly soon: number
}
type Counts = Omit<MinuteCount, 'minute'>

export const minuteMs = 60_000
/** GB/T 33358-2016: of any 24 consecutive hours. */
export const windowMinutes = 24 * 60

/** By which a window is judged: who got a person at all, or soon, of all who wanted one. */
export type Level = 'reached' | 'soon'

/**
 * The window with the lowest share, of all that lie wholly in the minutes from 0 to `length`; of equal ones the latest.
 * undefined where nobody wanted a person in any.
 * @returns its first minute and what it came to
 */
export function worstWindow(
  minutes: readonly MinuteCount[],
  length: number,
  level: Level,
  width = windowMinutes,
): (Counts & { readonly from: number }) | undefined {
  const byMinute = new Map(minutes.map(one => [one.minute, one]))
  let worst: (Counts & { readonly from: number }) | undefined
  let now: Counts = { wanted: 0, reached: 0, soon: 0 }
  for (let minute = 0; minute < length; minute++) {
    now = plus(now, byMinute.get(minute), 1)
    now = plus(now, byMinute.get(minute - width), -1)
    const from = minute - width + 1
    if (from < 0 || now.wanted === 0) continue
    // Shares compared crosswise: whole numbers are never a hair apart.
    if (!worst || now[level] * worst.wanted <= worst[level] * now.wanted) worst = { ...now, from }
  }
  return worst
}

const plus = (sum: Counts, one: Counts | undefined, sign: 1 | -1): Counts =>
  one === undefined
    ? sum
    : {
        wanted: sum.wanted + sign * one.wanted,
        reached: sum.reached + sign * one.reached,
        soon: sum.soon + sign * one.soon,
      }

const minuteRows = z.object({
  minutes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).nullable(),
})

/**
 * Both levels of service over 24 consecutive hours: the worst that ended from `fromMs` to `untilMs`, and the one that ends
 * there.
 */
export async function levelsOf(
  queries: Queries,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Promise<Levels> {
  const end = Math.ceil(untilMs / minuteMs)
  const first = Math.floor(fromMs / minuteMs) - windowMinutes + 1
  const [found] = await queries.query(
    sql`select jsonb_agg(jsonb_build_array(minute - ${first}::int, wanted, reached, soon)) as minutes from (
        select (date_part('epoch', minute) / 60)::int as minute,
          sum(wanted)::int as wanted, sum(reached)::int as reached, sum(soon)::int as soon
        from call_minutes
        where direction = 'in' and minute >= to_timestamp(${first * 60}::float8) and minute < to_timestamp(${end * 60}::float8)
        group by 1 having sum(wanted) > 0
      ) as counted`,
    minuteRows,
  )
  const minutes = (found?.minutes ?? []).map(
    ([minute, wanted, reached, soon]): MinuteCount => ({ minute, wanted, reached, soon }),
  )
  const length = end - first
  const worst = (level: Level) => {
    const window = worstWindow(minutes, length, level)
    return window && shown(window, first + window.from)
  }
  const last = minutes.filter(({ minute }) => minute >= length - windowMinutes)
  const now = last.reduce<Counts>((sum, one) => plus(sum, one, 1), { wanted: 0, reached: 0, soon: 0 })
  return { now: shown(now, end - windowMinutes), worstReached: worst('reached'), worstSoon: worst('soon') }
}

const shown = ({ wanted, reached, soon }: Counts, fromMinute: number): LevelWindow => ({
  fromMs: fromMinute * minuteMs,
  untilMs: (fromMinute + windowMinutes) * minuteMs,
  wanted,
  reached,
  soon,
})
