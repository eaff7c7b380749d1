import type { Command, Context, Decision } from './command.ts'
import { fault } from './faults.ts'
import { reachedAt } from './limit.ts'
import type { Order } from './order.ts'
import { dispatched, known, ofUnit, only } from './permit.ts'

/** A unit that was wrongly sent it says whose it is, as often and as late as the rules let it. */
export function sendOn(
  order: Order,
  { ground, target, words }: Extract<Command, { do: 'return' }>,
  { by, atMs, rules, calendar }: Context,
): Decision {
  ofUnit(order.unit, by)
  const { within, most } = rules.profile.returns
  const to = known(rules.units, target, 'target').id
  const late = reachedAt(order.unitSinceMs, within, 1, calendar)
  if (order.lead !== undefined)
    throw fault(
      'return-refused',
      'order',
      'an order that was signed',
      'the first that signs leads to the end',
    )
  if (order.appointed)
    throw fault('return-refused', 'order', 'a unit that the centre appointed', 'that unit handles it')
  if (order.returns >= most)
    throw fault(
      'return-refused',
      'order',
      `${order.returns} returns already`,
      'a unit that the centre appoints',
    )
  if (atMs > late)
    throw fault(
      'return-refused',
      'order',
      'a return that comes too late',
      `one by ${new Date(late).toISOString()}`,
    )
  if (to === order.unit) throw fault('return-refused', 'target', `"${to}" itself`, 'another unit')
  // From here on no unit may send it on: somebody at the centre has to say whose it is.
  const isLast = order.returns + 1 === most
  const told = isLast ? [dispatched, { kind: 'disputed', to: 'city' } as const] : [dispatched]
  return only(order, { kind: 'returned', ground, target: to, words }, told)
}

/** What was taken for something else is put right; limits and class stay as they were when it was made. */
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
