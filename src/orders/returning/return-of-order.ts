import type { Command, Context, Decision, Notice } from '../command.ts'
import { fault } from '../faults.ts'
import { reachedAt } from '../limit.ts'
import type { Order } from '../order.ts'
import { dispatched, known, ofUnit, only } from '../permit.ts'
import { openReturn } from './returning.ts'

/**
 * A unit that got an order wrongly names the responsible unit, within the rules' limits of number and time; the
 * centre decides.
 */
export function askReturn(
  order: Order,
  { ground, target, words }: Extract<Command, { do: 'return' }>,
  { by, atMs, rules, calendar }: Context,
): Decision {
  ofUnit(order.unit, by)
  const { within, most, review } = rules.profile.returns
  const late = reachedAt(order.unitSinceMs, within, 1, calendar)
  if (order.lead !== undefined)
    throw returnFault('order', 'an order that was signed', 'the first that signs leads to the end')
  if (openReturn(order.returnings))
    throw returnFault('order', 'a return that the centre has not decided', 'one at a time')
  if (order.appointed) throw returnFault('order', 'a unit that the centre appointed', 'that unit handles it')
  if (order.returns >= most)
    throw returnFault('order', `${order.returns} returns already`, 'a unit that the centre appoints')
  if (atMs > late)
    throw returnFault('order', 'a return that comes too late', `one by ${new Date(late).toISOString()}`)
  if (!rules.grounds.has(ground))
    throw returnFault('ground', `"${ground}"`, `one of ${[...rules.grounds.keys()].join(', ')}`)
  const to = known(rules.units, target, 'target').id
  if (to === order.unit) throw returnFault('target', `"${to}" itself`, 'another unit')
  // After this return no unit may send it on, so the centre's decision is final.
  const isLast = order.returns + 1 >= most
  const told: readonly Notice[] = [
    { kind: 'return-asked', to: 'dispatch' },
    ...(isLast ? [{ kind: 'disputed', to: 'city' } as const] : []),
  ]
  return only(order, { kind: 'return-asked', ground, target: to, words, review: review[order.urgency] }, told)
}

/** The centre decides a return, or orders a site check first. */
export function decideReturn(
  order: Order,
  { outcome, target, words }: Extract<Command, { do: 'decide-return' }>,
  { by, rules }: Context,
): Decision {
  if (by.role !== 'dispatcher' && by.role !== 'supervisor')
    throw fault('role-wrong', 'by', by.role, 'dispatcher or supervisor')
  const open = openReturn(order.returnings)
  if (!open) throw fault('return-not-asked', 'order', 'no return to decide', 'one')
  const { most, site } = rules.profile.returns
  const decided = { kind: 'return-decided', outcome, words } as const
  if (outcome === 'site') {
    if (open.siteAtMs !== undefined)
      throw returnFault('outcome', 'a return that is checked on site already', 'upheld or refused')
    return only(order, { ...decided, site }, [{ kind: 'site-check', to: 'unit' }])
  }
  // No unit may return it any more: the centre's decision is final.
  const appointed = order.returns >= most ? true : undefined
  if (outcome === 'refused')
    return only(order, { ...decided, appointed }, [{ kind: 'return-refused', to: 'unit' }])
  const to = known(rules.units, target ?? open.target, 'target').id
  if (to === order.unit) throw returnFault('target', `"${to}", which returned it`, 'another unit')
  return only(order, { ...decided, target: to, appointed }, [dispatched])
}

const returnFault = (place: string, found: string, expected: string) =>
  fault('return-refused', place, found, expected)
