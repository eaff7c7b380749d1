import type { Command, Context, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { dispatched, known, only } from '../permit.ts'
import type { OrderRules } from '../rules.ts'

/**
 * A dispatcher says whose an order is, and what, where nobody said that before. Class and limits stay as they were when it
 * was made.
 * @throws Fault `dispatched-already`, `unit-unknown`, `category-unknown`
 */
export function dispatch(
  order: Order,
  { unit, kind, category, words }: Extract<Command, { do: 'dispatch' }>,
  { rules }: Context,
): Decision {
  if (order.stage !== 'undispatched') throw alreadyDispatched(order, rules)
  const happening = {
    kind: 'dispatched',
    unit: known(rules.units, unit, 'unit').id,
    category: known(rules.categories, category ?? order.category, 'category').id,
    catalogueKind: kind,
    words,
  } as const
  return only(order, happening, [dispatched])
}

/** Of two dispatchers the second is told what the first decided. */
export const alreadyDispatched = ({ unit }: Pick<Order, 'unit'>, { units }: Pick<OrderRules, 'units'>) =>
  fault(
    'dispatched-already',
    'order',
    `an order that ${units.get(unit)?.name ?? unit} has`,
    'one that waits to be dispatched',
  )
