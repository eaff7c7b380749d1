import { successorOf } from '../../catalogue/index.ts'
import type { Decision } from '../command.ts'
import { type Actor, house } from '../event.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import { dispatched, readersOf } from '../permit.ts'
import type { OrderRules } from '../rules.ts'

/** Replaces dissolved units in an order, whether they hold it, lead it, help or get a copy. */
export function succeed(order: Order, { units }: Pick<OrderRules, 'units'>): Decision {
  const gone = [...new Set([...readersOf(order), ...order.coUnits])].flatMap(from => {
    const unit = successorOf(units, from)
    return unit === from ? [] : [{ kind: 'succeeded', from, unit } as const]
  })
  return { happenings: gone, notices: gone.some(({ from }) => from === order.unit) ? [dispatched] : [] }
}

/** Dissolved units. */
const dissolvedIn = ({ units }: Pick<OrderRules, 'units'>): readonly string[] =>
  [...units.values()].flatMap(({ id, successor }) => (successor === undefined ? [] : [id]))

type Dependencies = {
  readonly rules: Pick<OrderRules, 'units'>
  /** Open orders that name one of these units, at most `most`. */
  openOf(units: readonly string[], most: number): Promise<readonly OrderNumber[]>
  act(number: OrderNumber, command: { readonly do: 'succeed' }, by: Actor): Promise<unknown>
}

const atOnce = 100

/** Moves open orders of dissolved units; concurrent nodes move each order only once. */
export async function moveToSuccessors({ rules, openOf, act }: Dependencies): Promise<void> {
  const dissolved = dissolvedIn(rules)
  if (dissolved.length === 0) return
  for (;;) {
    const numbers = await openOf(dissolved, atOnce)
    for (const number of numbers) await act(number, { do: 'succeed' }, house)
    if (numbers.length < atOnce) return
  }
}
