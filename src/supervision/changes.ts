import { partsOf, type RateName, rateNames, type SurveyRules, sumOf } from '../surveys/index.ts'
import type { Mix } from './ranking.ts'

/** Why a unit's composite is another than the month before. */
export type MonthChange = {
  readonly difference: number
  /** Of other kinds of demands: their shares changed. */
  readonly mix: number
  /** Of other answers about the same kinds, by category. */
  readonly kinds: readonly { readonly category: string; readonly part: number }[]
}

type Formula = SurveyRules['rates']
type Share = { readonly share: number; readonly rate: number | undefined }

/**
 * A composite is a sum over categories of share times rate, so that its change is the sum of two things (Kitagawa 1955): how
 * rates changed at the mean of the two shares, and how shares changed at the mean of the two rates. A category of one month
 * alone has changed its share only.
 * @returns undefined where one of the months has no composite
 */
export function changeOf(
  now: readonly Mix[],
  before: readonly Mix[],
  formula: Formula,
): MonthChange | undefined {
  const { weights } = formula
  const whole = weights.response + weights.solved + weights.satisfied
  const kinds = new Map<string, number>()
  let mix = 0
  for (const name of rateNames) {
    const [is, was] = [sharesOf(now, name, formula), sharesOf(before, name, formula)]
    if (!is || !was || whole === 0) return undefined
    const weight = weights[name] / whole
    for (const category of new Set([...is.keys(), ...was.keys()])) {
      const [one, other] = [is.get(category) ?? nothing, was.get(category) ?? nothing]
      const [rate, rateBefore] = [one.rate ?? other.rate ?? 0, other.rate ?? one.rate ?? 0]
      const part = weight * ((one.share + other.share) / 2) * (rate - rateBefore)
      kinds.set(category, (kinds.get(category) ?? 0) + part)
      mix += weight * ((rate + rateBefore) / 2) * (one.share - other.share)
    }
  }
  const parts = [...kinds].map(([category, part]) => ({ category, part }))
  return {
    difference: mix + parts.reduce((sum, { part }) => sum + part, 0),
    mix,
    kinds: parts.toSorted((one, other) => Math.abs(other.part) - Math.abs(one.part)),
  }
}

const nothing: Share = { share: 0, rate: undefined }

function sharesOf(mixes: readonly Mix[], name: RateName, formula: Formula) {
  const { whole } = partsOf(sumOf(mixes.map(({ tally }) => tally)), formula)[name]
  if (whole === 0) return undefined
  return new Map<string, Share>(
    mixes.map(({ category, tally }) => {
      const own = partsOf(tally, formula)[name]
      return [
        category,
        { share: own.whole / whole, rate: own.whole === 0 ? undefined : own.part / own.whole },
      ]
    }),
  )
}
