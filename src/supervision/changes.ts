import { partsOf, type RateName, rateNames, type SurveyRules, sumOf } from '../surveys/index.ts'
import type { Mix } from './ranking.ts'

/** Why a unit's composite differs from the month before. */
export type MonthChange = {
  readonly difference: number
  /** The part caused by another mix of demands: the shares of the categories changed. */
  readonly mix: number
  /** The parts caused by other answers, by category, largest first. */
  readonly kinds: readonly { readonly category: string; readonly part: number }[]
}

type Formula = SurveyRules['rates']
type Share = { readonly share: number; readonly rate: number | undefined }

/**
 * A composite is the sum of share times rate over all categories, so that its change splits into two parts (Kitagawa 1955):
 * the change of rates at the mean of the two shares, and the change of shares at the mean of the two rates. A category that
 * occurs in one month only has changed its share alone.
 * @returns undefined if one of the months has no composite
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
