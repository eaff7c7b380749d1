import type { City } from '../city/index.ts'
import type { Clock } from '../foundation/index.ts'
import type { OrderFollower } from '../orders/index.ts'
import type { Surveys } from '../surveys/index.ts'
import type { BehindOrders, BehindQuery, Ranking, RankingQuery } from './api.ts'
import { changeOf, type MonthChange } from './changes.ts'
import type { Deductions } from './deductions/deductions.ts'
import type { RankableUnit } from './group.ts'
import { lastMonth, monthBefore, periodOf } from './month.ts'
import { byUnit, rankingOf } from './ranking.ts'
import type { ScoreRules } from './rules.ts'

export type Supervision = {
  /** Units of a month, compared with similar units and with themselves a month before. */
  ranking(query: RankingQuery): Promise<Ranking>
  /** The orders behind a unit's figure. */
  behind(query: BehindQuery): Promise<BehindOrders>
  /** Why composites are others than the month before, by unit. */
  changes(month: string): Promise<ReadonlyMap<string, MonthChange>>
  readonly deductions: Deductions
  /** Follows orders' events. */
  readonly ofOrders: Pick<OrderFollower, 'happened' | 'erased'>
}

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
  return {
    deductions,
    ofOrders: { happened: deductions.happened, erased: deductions.forget },
    async ranking({ month = lastMonth(clock.now(), timeZone) }) {
      const before = monthBefore(month)
      const period = periodOf(month, timeZone)
      const mixes = await surveys.mixes(period)
      const mixesBefore = await surveys.mixes(periodOf(before, timeZone))
      const { formula } = surveys
      return {
        month,
        before,
        ...period,
        least: rules.least,
        formula,
        groups: rankingOf({
          mixes,
          before: mixesBefore,
          points: await deductions.pointsIn(period),
          units,
          rules,
          formula,
        }),
      }
    },
    async changes(month) {
      const now = byUnit(await surveys.mixes(periodOf(month, timeZone)))
      const before = byUnit(await surveys.mixes(periodOf(monthBefore(month), timeZone)))
      return new Map(
        [...now].flatMap(([unit, mixes]) => {
          const change = changeOf(mixes, before.get(unit) ?? [], surveys.formula)
          return change ? [[unit, change] as const] : []
        }),
      )
    },
    behind: async ({ month, unit, answer }) => ({
      orders: await surveys.behind({ ...periodOf(month, timeZone), unit, answer }),
    }),
  }
}
