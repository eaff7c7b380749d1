import { randomInt } from 'node:crypto'
import { type Catalogue, kindName } from '../../catalogue/index.ts'
import type { Clock } from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import type { OrderActions } from '../actions.ts'
import { house } from '../event.ts'
import type { OrderNumber } from '../number.ts'
import type { OrderRules } from '../rules.ts'
import type { ByRuleFigures } from './api.ts'
import { ruledDispatch } from './by-rule.ts'
import type { Judging } from './dispatch-of-order.ts'
import { countByRule } from './store.ts'

export type RuledDispatch = {
  /** @param judging resolves once triage is ready */
  judgeBy(judging: () => Promise<Judging>): void
  /** Dispatches a waiting order by rule; does nothing if it needs a person. */
  dispatch(number: OrderNumber): Promise<void>
  /** @param days including today */
  figures(days: number): Promise<ByRuleFigures>
}

type Dependencies = {
  readonly database: Database
  readonly catalogue: Catalogue
  readonly rules: OrderRules
  readonly actions: Pick<OrderActions, 'find' | 'act'>
  readonly clock: Clock
  /** The date in the city, for example 2026-01-05. */
  today(atMs?: number): string
  /** A random number from 0 to below 1, which decides whether a dispatch is sampled for review. */
  readonly chance?: () => number
}

/** Random, so that nobody who writes orders can foresee which are reviewed. */
const anyShare = () => randomInt(1_000_000) / 1_000_000

/** Dispatches automatically what triage is sure of, if the city has switched that on. */
export function createRuledDispatch({
  database,
  catalogue,
  rules,
  actions,
  clock,
  today,
  chance = anyShare,
}: Dependencies): RuledDispatch {
  let judging: (() => Promise<Judging>) | undefined
  return {
    judgeBy(by) {
      judging = by
    },
    async dispatch(number) {
      const found = await actions.find(number)
      if (!judging || found?.order.stage !== 'undispatched') return
      const { order } = found
      const judge = await judging()
      const sampled = chance() < rules.dispatch.automatic.share
      const judged = judge({ text: order.matter, district: order.district })
      const command = ruledDispatch(order, judged, { catalogue, rules }, { date: today(), sampled })
      // If a dispatcher was quicker, that is fine.
      if (command && (await actions.find(number))?.order.seq === order.seq)
        await actions.act(number, command, house)
    },
    async figures(days) {
      const since = today(clock.now() - (days - 1) * 86_400_000)
      const counted = await countByRule(database, since.slice(2).replaceAll('-', ''))
      return {
        days,
        kinds: counted.map(one => {
          const kind = catalogue.kinds.get(one.kind)
          return { ...one, kindName: kind ? kindName(kind) : one.kind }
        }),
      }
    },
  }
}
