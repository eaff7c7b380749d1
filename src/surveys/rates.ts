import type { SurveyRules } from './rules.ts'

/** Counts of one group, exclusions left out of all of them. */
export type Tally = {
  /** Closings that were to be asked about. */
  readonly asked: number
  /** Somebody was there: a key was pressed, or the page answered. */
  readonly reached: number
  /** At least one question was answered. */
  readonly answered: number
  readonly excluded: number
  readonly contacted: { readonly yes: number; readonly no: number }
  readonly solved: { readonly yes: number; readonly partly: number; readonly no: number }
  /** How often each rating was given, from 1 (very satisfied) to 5. */
  readonly ratings: readonly [number, number, number, number, number]
}

/** Shares from 0 to 1; absent where nobody could be asked. */
export type Rates = {
  readonly response?: number
  readonly solved?: number
  readonly satisfied?: number
  /** All three in one figure, by the weights of the rules; absent while one of them is. */
  readonly composite?: number
}

/** The three rates by the city's formula. A rate is never shown without its tally. */
export function ratesOf(tally: Tally, { of, partly, satisfiedUpTo, weights }: SurveyRules['rates']): Rates {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const share = (part: number, answers: number) => {
    const whole = of === 'asked' ? tally.asked : answers
    return whole === 0 ? undefined : part / whole
  }
  const response = share(tally.contacted.yes, tally.contacted.yes + tally.contacted.no)
  const { solved: answers } = tally
  const solved = share(answers.yes + partly * answers.partly, answers.yes + answers.partly + answers.no)
  const satisfied = share(sum(tally.ratings.slice(0, satisfiedUpTo)), sum(tally.ratings))
  const whole = sum([weights.response, weights.solved, weights.satisfied])
  const isWhole = response !== undefined && solved !== undefined && satisfied !== undefined && whole > 0
  return {
    response,
    solved,
    satisfied,
    composite: isWhole
      ? (weights.response * response + weights.solved * solved + weights.satisfied * satisfied) / whole
      : undefined,
  }
}
