import type { DayKind } from '../city/index.ts'
import type { AskedFigures } from '../telephony/api.ts'
import { type HalfHour, halvesOfDay } from './half-hour.ts'

/** A past half-hour and the calls that asked for a person in it. */
export type AskedHalfHour = HalfHour & Omit<AskedFigures, 'stretch'>

/** The forecast for a half-hour of a day. */
export type Expected = {
  readonly half: number
  readonly calls: number
  /** Mean handling time in s; absent if no call was ever answered. */
  readonly handlingSeconds?: number
  /** Mean patience in s; absent (infinite) if nobody ever gave up. */
  readonly patienceSeconds?: number
  /** Share of calls that were answered in time, if there were any. */
  readonly seen?: number
}

export type Forecast = {
  /** The number of days on which it is based. */
  readonly days: number
  readonly halfHours: readonly Expected[]
}

/** With fewer calls in a half-hour, the whole day's mean is used instead. */
const enough = 30

/**
 * Forecasts a day of this kind: for each half-hour the median number of calls on such days, and the mean handling time and
 * patience. The estimate of patience includes callers who were answered before theirs was over (censored data): total time
 * waited divided by the number who gave up, the maximum-likelihood mean (L. Brown et al., "Statistical Analysis of a
 * Telephone Call Center", 2005, section 6).
 * @param wrapUpSeconds the wrap-up time after a call
 */
export function forecastOf(
  history: readonly AskedHalfHour[],
  { day, wrapUpSeconds }: { readonly day: DayKind; readonly wrapUpSeconds: number },
): Forecast {
  const like = likeDays(history, day)
  const all = sumOf(like)
  const halfHours = Array.from({ length: halvesOfDay }, (_, half): Expected => {
    const own = like.filter(one => one.half === half)
    const sum = sumOf(own)
    const talks = sum.answered >= enough ? sum : all
    const waits = sum.abandoned >= enough ? sum : all
    const talkedSeconds = ratio(talks.talkedSeconds, talks.answered)
    return {
      half,
      calls: median(own.map(({ asked }) => asked)),
      handlingSeconds: talkedSeconds === undefined ? undefined : talkedSeconds + wrapUpSeconds,
      patienceSeconds: ratio(waits.waitedSeconds, waits.abandoned),
      seen: ratio(sum.soon, sum.asked),
    }
  })
  return { days: new Set(like.map(({ date }) => date)).size, halfHours }
}

/** The half-hours of all days of a kind. Days without any calls are ignored: the hotline was not in use. */
export function likeDays<One extends AskedHalfHour>(history: readonly One[], day: DayKind): readonly One[] {
  const dates = new Set(history.filter(({ asked }) => asked > 0).map(({ date }) => date))
  return history.filter(one => one.day === day && dates.has(one.date))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

/** A mean, undefined if there are no values. */
const ratio = (sum: number, count: number) => (count > 0 ? sum / count : undefined)

function sumOf(halfHours: readonly AskedHalfHour[]) {
  const sum = { asked: 0, soon: 0, answered: 0, abandoned: 0, talkedSeconds: 0, waitedSeconds: 0 }
  for (const one of halfHours)
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name]
  return sum
}
