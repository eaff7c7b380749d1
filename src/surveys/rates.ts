import type { SurveyRules } from './rules.ts'

/** The counts of one group; everything except `excluded` leaves out excluded orders. */
export type Tally = {
  /** Closings to be asked about. */
  readonly asked: number
  /** Somebody was there: a key was pressed, or the page was answered. */
  readonly reached: number
  /** At least one question was answered. */
  readonly answered: number
  readonly excluded: number
  /** Closed as beyond the unit's duty: counts neither as solved nor as unsolved. */
  readonly referred: number
  readonly contacted: { readonly yes: number; readonly no: number }
  readonly solved: { readonly yes: number; readonly partly: number; readonly no: number }
  /** How often each rating was given, from 1 (very satisfied) to 5. */
  readonly ratings: readonly [number, number, number, number, number]
}

/** Shares from 0 to 1; absent if there is nothing to take a share of. */
export type Rates = {
  readonly response?: number
  readonly solved?: number
  readonly satisfied?: number
  /** The three rates in one figure, by the rules' weights; absent if one of them is. */
  readonly composite?: number
}

/** The sum of several groups. */
export const sumOf = (tallies: readonly Tally[]): Tally => tallies.reduce(added, noAnswers)

const noAnswers: Tally = {
  asked: 0,
  reached: 0,
  answered: 0,
  excluded: 0,
  referred: 0,
  contacted: { yes: 0, no: 0 },
  solved: { yes: 0, partly: 0, no: 0 },
  ratings: [0, 0, 0, 0, 0],
}

function added(one: Tally, other: Tally): Tally {
  const rated = (place: 0 | 1 | 2 | 3 | 4) => one.ratings[place] + other.ratings[place]
  return {
    asked: one.asked + other.asked,
    reached: one.reached + other.reached,
    answered: one.answered + other.answered,
    excluded: one.excluded + other.excluded,
    referred: one.referred + other.referred,
    contacted: {
      yes: one.contacted.yes + other.contacted.yes,
      no: one.contacted.no + other.contacted.no,
    },
    solved: {
      yes: one.solved.yes + other.solved.yes,
      partly: one.solved.partly + other.solved.partly,
      no: one.solved.no + other.solved.no,
    },
    ratings: [rated(0), rated(1), rated(2), rated(3), rated(4)],
  }
}

/** A rate as a fraction: the answers that count for it, with "solved in part" at its share, and the whole. */
export type RateParts = { readonly part: number; readonly whole: number }

export const rateNames = ['response', 'solved', 'satisfied'] as const
export type RateName = (typeof rateNames)[number]

/** Each rate as a fraction, by the city's formula. */
export function partsOf(
  tally: Tally,
  { of, partly, satisfiedUpTo }: Pick<SurveyRules['rates'], 'of' | 'partly' | 'satisfiedUpTo'>,
): Readonly<Record<RateName, RateParts>> {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const parts = (part: number, answers: number) => ({ part, whole: of === 'asked' ? tally.asked : answers })
  const { contacted, solved, ratings } = tally
  return {
    response: parts(contacted.yes, contacted.yes + contacted.no),
    solved: parts(solved.yes + partly * solved.partly, solved.yes + solved.partly + solved.no),
    satisfied: parts(sum(ratings.slice(0, satisfiedUpTo)), sum(ratings)),
  }
}

/** The three rates by the city's formula. A rate is never shown without its tally. */
export function ratesOf(tally: Tally, formula: SurveyRules['rates']): Rates {
  const parts = partsOf(tally, formula)
  const share = ({ part, whole }: RateParts) => (whole === 0 ? undefined : part / whole)
  const rates = {
    response: share(parts.response),
    solved: share(parts.solved),
    satisfied: share(parts.satisfied),
  }
  return { ...rates, composite: compositeOf(rates, formula.weights) }
}

/** The three rates in one figure; undefined if one is missing, or all weights are 0. */
export function compositeOf(
  { response, solved, satisfied }: Omit<Rates, 'composite'>,
  weights: SurveyRules['rates']['weights'],
): number | undefined {
  const whole = weights.response + weights.solved + weights.satisfied
  if (response === undefined || solved === undefined || satisfied === undefined || whole === 0)
    return undefined
  return (weights.response * response + weights.solved * solved + weights.satisfied * satisfied) / whole
}
