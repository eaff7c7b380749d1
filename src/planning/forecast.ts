import type { DayKind } from '../city/index.ts'
import type { AskedFigures } from '../telephony/api.ts'
import { type HalfHour, halvesOfDay } from './half-hour.ts'

/** A half-hour that was, and the calls that asked for a person in it. */
export type AskedHalfHour = HalfHour & Omit<AskedFigures, 'stretch'>

/** What is expected of a half-hour of a day. */
export type Expected = {
  readonly half: number
  readonly calls: number
  /** Mean, in s; absent where no call was ever answered. */
  readonly handlingSeconds?: number
  /** Mean, in s; absent where nobody ever gave up: patience without end. */
  readonly patienceSeconds?: number
  /** Share of calls that were answered in time, where there were any. */
  readonly seen?: number
}

export type Forecast = {
  /** Days of this kind that it was made of. */
  readonly days: number
  readonly halfHours: readonly Expected[]
}

/** Fewer of a half-hour say too little by themselves: then the whole day's are taken. */
const enough = 30

/**
 * What a day of this kind may bring: by half-hour the median of calls on all days like it, and the means of handling and
 * patience. Patience is estimated with those who were answered before theirs was over (censored): all time waited,
 * divided by how many gave up, the likeliest mean (L. Brown et al., "Statistical Analysis of a Telephone Call Center",
 * 2005, section 6).
 * @param wrapUpSeconds that a call takes its seat once it is over
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

/** Half-hours of all days of a kind; a day on which nobody called at all was none of the hotline's. */
export function likeDays<One extends AskedHalfHour>(history: readonly One[], day: DayKind): readonly One[] {
  const dates = new Set(history.filter(({ asked }) => asked > 0).map(({ date }) => date))
  return history.filter(one => one.day === day && dates.has(one.date))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

/** A mean of nothing is none. */
const ratio = (sum: number, count: number) => (count > 0 ? sum / count : undefined)

function sumOf(halfHours: readonly AskedHalfHour[]) {
  const sum = { asked: 0, soon: 0, answered: 0, abandoned: 0, talkedSeconds: 0, waitedSeconds: 0 }
  for (const one of halfHours)
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name]
  return sum
}
