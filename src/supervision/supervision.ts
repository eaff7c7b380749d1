import type { City } from '../city/index.ts'
import type { Clock } from '../foundation/index.ts'
import type { OrderFollower } from '../orders/index.ts'
import type { Surveys } from '../surveys/index.ts'
import type { BehindOrders, BehindQuery, Ranking, RankingQuery } from './api.ts'
import { changeOf, type MonthChange } from './changes.ts'
import type { Deductions } from './deductions/deductions.ts'
import type { RankableUnit } from './group.ts'
import { lastMonth, monthBefore, periodOf } from './month.ts'
import { byUnit, type Mix, rankingOf } from './ranking.ts'
import type { ScoreRules } from './rules.ts'

export type Supervision = {
  /** Units of a month, compared with similar units and with themselves a month before. */
  ranking(query: RankingQuery): Promise<Ranking>
  /** The orders behind a unit's figure. */
  behind(query: BehindQuery): Promise<BehindOrders>
  /** The ranking of a month, and by unit why its composite differs from the month before. */
  monthly(month: string): Promise<{
    readonly ranking: Ranking
    readonly changes: ReadonlyMap<string, MonthChange>
  }>
  readonly deductions: Deductions
  /** Follows orders' events. */
  readonly ofOrders: Pick<OrderFollower, 'happened' | 'erased'>
}

type Answers = { readonly mixes: readonly Mix[]; readonly before: readonly Mix[] }

export type SupervisionDependencies = {
  readonly deductions: Deductions
  readonly surveys: Pick<Surveys, 'mixes' | 'behind' | 'formula'>
  readonly units: ReadonlyMap<string, RankableUnit>
  readonly rules: ScoreRules
  readonly city: Pick<City, 'timeZone'>
  readonly clock: Clock
}

export function openSupervision(dependencies: SupervisionDependencies): Supervision {
  const { deductions, surveys, units, rules, clock } = dependencies
  const { timeZone } = dependencies.city

  /** What citizens said of units in a month and in the one before. */
  const answersOf = async (month: string) => ({
    mixes: await surveys.mixes(periodOf(month, timeZone)),
    before: await surveys.mixes(periodOf(monthBefore(month), timeZone)),
  })

  async function rankingBy(month: string, answers: Answers): Promise<Ranking> {
    const period = periodOf(month, timeZone)
    const points = await deductions.pointsIn(period)
    const { formula } = surveys
    const groups = rankingOf({ ...answers, points, units, rules, formula })
    return { month, before: monthBefore(month), ...period, least: rules.least, formula, groups }
  }

  function changesIn({ mixes, before }: Answers): ReadonlyMap<string, MonthChange> {
    const unitsBefore = byUnit(before)
    return new Map(
      [...byUnit(mixes)].flatMap(([unit, own]) => {
        const change = changeOf(own, unitsBefore.get(unit) ?? [], surveys.formula)
        return change ? [[unit, change] as const] : []
      }),
    )
  }

  return {
    deductions,
    ofOrders: { happened: deductions.happened, erased: deductions.forget },
    ranking: async ({ month = lastMonth(clock.now(), timeZone) }) => rankingBy(month, await answersOf(month)),
    async monthly(month) {
      const answers = await answersOf(month)
      return { ranking: await rankingBy(month, answers), changes: changesIn(answers) }
    },
    behind: async ({ month, unit, answer }) => ({
      orders: await surveys.behind({ ...periodOf(month, timeZone), unit, answer }),
    }),
  }
}
