import { shareInterval } from '../foundation/index.ts'
import {
  compositeOf,
  partsOf,
  type RateName,
  type Rates,
  rateNames,
  ratesOf,
  type SurveyRules,
  sumOf,
  type Tally,
} from '../surveys/index.ts'
import type { RankedGroup, RankedUnit } from './api.ts'
import { groupOf, type RankableUnit } from './group.ts'
import type { ScoreRules } from './rules.ts'

/** The answers about a unit's closings in one category. */
export type Mix = { readonly unit: string; readonly category: string; readonly tally: Tally }

type Asked = {
  readonly mixes: readonly Mix[]
  /** Mixes of the previous month. */
  readonly before: readonly Mix[]
  /** Points that units lost for events in the month. */
  readonly points: ReadonlyMap<string, number>
  readonly units: ReadonlyMap<string, RankableUnit>
  readonly rules: ScoreRules
  readonly formula: SurveyRules['rates']
}

/**
 * Ranks the units of a month within their group and size, by how much better or worse citizens judged them than
 * they judged all of the city's units for orders of the same categories (indirect standardisation). A unit with too
 * few answers is shown without a rank.
 */
export function rankingOf({ mixes, before, points, units, rules, formula }: Asked): readonly RankedGroup[] {
  const [months, monthsBefore] = [byUnit(mixes), byUnit(before)]
  const expected = expectedBy(mixes, formula)
  const groups = new Map<string, Omit<RankedGroup, 'units'> & { readonly units: RankedUnit[] }>()
  for (const [unit, own] of months) {
    const tally = sumOf(own.map(mix => mix.tally))
    const rates = ratesOf(tally, formula)
    const ought = expected(own)
    const beforeIt = monthsBefore.get(unit)
    const group = groupOf(unit, units.get(unit), rules)
    const size = sizeOf(tally.asked, rules.sizes)
    const key = `${group.id} ${size.from}`
    const together = groups.get(key) ?? { ...group, ...size, units: [] }
    groups.set(key, together)
    together.units.push({
      unit,
      name: units.get(unit)?.name ?? unit,
      rates,
      intervals: intervalsOf(tally, formula),
      expected: ought,
      difference: rates.composite === undefined || ought === undefined ? undefined : rates.composite - ought,
      before: beforeIt && ratesOf(sumOf(beforeIt.map(mix => mix.tally)), formula),
      points: points.get(unit) ?? 0,
      tally,
    })
  }
  return [...groups.values()]
    .map(group => ({ ...group, units: ranked(group.units, rules.least) }))
    .toSorted((one, other) => (one.id === other.id ? other.from - one.from : order(one, other)))
}

const ids = ['street', 'district', 'department']
/** Groups that every city has come first, then the city's own by id. */
function order(one: Pick<RankedGroup, 'id'>, other: Pick<RankedGroup, 'id'>): number {
  const place = ({ id }: Pick<RankedGroup, 'id'>) => (ids.includes(id) ? ids.indexOf(id) : ids.length)
  return place(one) - place(other) || (one.id < other.id ? -1 : 1)
}

/** Equal differences share a rank, and the next rank is left out. */
function ranked(units: readonly RankedUnit[], least: number): readonly RankedUnit[] {
  const isRanked = ({ tally, difference }: RankedUnit) => tally.answered >= least && difference !== undefined
  const best = (one: RankedUnit, other: RankedUnit) =>
    (other.difference ?? 0) - (one.difference ?? 0) || (one.unit < other.unit ? -1 : 1)
  const inOrder = units.filter(isRanked).toSorted(best)
  const rankOf = ({ difference = 0 }: RankedUnit) =>
    1 + inOrder.findIndex(other => same(other.difference ?? 0, difference))
  const others = units
    .filter(unit => !isRanked(unit))
    .toSorted((one, other) => other.tally.answered - one.tally.answered || (one.unit < other.unit ? -1 : 1))
  return [...inOrder.map(unit => ({ ...unit, rank: rankOf(unit) })), ...others]
}

/** Sums of shares differ in the last digits with the order of addition. */
const same = (one: number, other: number) => Math.abs(one - other) < 1e-9

function sizeOf(asked: number, sizes: readonly number[]): Pick<RankedGroup, 'from' | 'until'> {
  const from = sizes.findLast(size => asked >= size) ?? 0
  return { from, until: sizes.find(size => size > from) }
}

export function byUnit(mixes: readonly Mix[]): ReadonlyMap<string, readonly Mix[]> {
  const units = new Map<string, Mix[]>()
  for (const mix of mixes) units.set(mix.unit, [...(units.get(mix.unit) ?? []), mix])
  return units
}

function intervalsOf(tally: Tally, formula: SurveyRules['rates']): RankedUnit['intervals'] {
  const parts = partsOf(tally, formula)
  const interval = ({ part, whole }: { readonly part: number; readonly whole: number }) =>
    whole === 0 ? undefined : shareInterval(part, whole)
  return {
    response: interval(parts.response),
    solved: interval(parts.solved),
    satisfied: interval(parts.satisfied),
  }
}

/** The composite that a unit would have if each of its categories had the city's rates. */
function expectedBy(mixes: readonly Mix[], formula: SurveyRules['rates']) {
  const tallies = new Map<string, Tally[]>()
  for (const { category, tally } of mixes) tallies.set(category, [...(tallies.get(category) ?? []), tally])
  const rates = new Map<string, Rates>([...tallies].map(([id, all]) => [id, ratesOf(sumOf(all), formula)]))
  return (own: readonly Mix[]): number | undefined => {
    const oughtOf = (name: RateName) => {
      let [part, whole] = [0, 0]
      for (const { category, tally } of own) {
        const answers = partsOf(tally, formula)[name].whole
        part += answers * (rates.get(category)?.[name] ?? 0)
        whole += answers
      }
      return whole === 0 ? undefined : part / whole
    }
    const [response, solved, satisfied] = rateNames.map(oughtOf)
    return compositeOf({ response, solved, satisfied }, formula.weights)
  }
}
