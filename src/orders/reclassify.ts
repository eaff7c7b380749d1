import type { Command, Context, Decision } from './command.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { dispatched, known, only } from './permit.ts'

/** Corrects category or unit; limits and class stay as they were when it was made. */
export function reclassify(
  order: Order,
  { category, target, words }: Extract<Command, { do: 'reclassify' }>,
  { by, rules }: Context,
): Decision {
  if (by.role !== 'supervisor') throw fault('role-wrong', 'by', by.role, 'supervisor')
  const kind = known(rules.categories, category, 'category').id
  const unit = target === undefined ? order.unit : known(rules.units, target, 'target').id
  const isMoved = unit !== order.unit
  if (isMoved && order.lead !== undefined)
    throw fault('order-led', 'target', 'an order that was signed', 'the first that signs leads to the end')
  if (!isMoved && kind === order.category)
    throw fault('nothing-changes', 'category', `"${kind}"`, 'another category, or another unit')
  const happening = {
    kind: 'reclassified',
    category: kind,
    words,
    target: isMoved ? unit : undefined,
  } as const
  return only(order, happening, isMoved ? [dispatched] : [])
}
