import { type Clock, type Figure, gauge, type Log, labelled, reasonOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Light } from './api.ts'
import { countUndispatched } from './counts.ts'

type Dependencies = { readonly database: Database; readonly clock: Clock; readonly log: Log }

/** Figures of orders for operators, from the last count; each reading starts the next count. */
export function orderFigures({ database, clock, log }: Dependencies): readonly Figure[] {
  let counted: Readonly<Record<Light, number>> = { green: 0, yellow: 0, red: 0 }
  let isCounting = false
  const countAnew = async () => {
    isCounting = true
    try {
      counted = await countUndispatched(database, clock.now())
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'orders are not counted')
    } finally {
      isCounting = false
    }
  }
  return [
    gauge('jieting_orders_undispatched', 'Orders that wait to be dispatched, by their light', () => {
      if (!isCounting) void countAnew()
      return labelled('light', counted)
    }),
  ]
}
