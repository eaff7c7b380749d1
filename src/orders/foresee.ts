import type { Calendar } from '../city/index.ts'
import { centre } from './api.ts'
import type { NewOrder } from './command.ts'
import type { Actor } from './event.ts'
import { type Limit, reachedAt } from './limit.ts'
import type { Foreseen } from './making/api.ts'
import { decideNew } from './new-order.ts'
import type { OrderRules } from './rules.ts'

/**
 * The unit and time limit that an order would get, by the same decision that makes it.
 * @throws Fault as `decideNew`
 */
export function foresee(
  order: NewOrder,
  context: {
    readonly by: Actor
    readonly atMs: number
    readonly rules: OrderRules
    readonly calendar: Calendar
  },
): Foreseen {
  const { atMs, rules, calendar } = context
  const made = decideNew(order, context).happenings.find(one => one.kind === 'made')
  if (!made) throw new Error('an order begins with another event')
  const { limits, rangAtMs, category, unit, urgency } = made
  const end = (startMs: number, limit: Limit | undefined) =>
    limit && Math.round(reachedAt(startMs, limit, 1, calendar))
  return {
    category,
    unit,
    unitName: unit === centre ? '热线中心' : (rules.units.get(unit)?.name ?? unit),
    unitLine: rules.units.get(unit)?.line ?? '',
    unitHours: rules.units.get(unit)?.hours ?? '',
    urgency,
    dueAtMs: Math.round(reachedAt(rangAtMs, limits.handling, 1, calendar)),
    dispatchByMs: end(rangAtMs, limits.dispatch),
    // Until it is dispatched, the time of signing is unknown.
    signByMs: limits.dispatch ? undefined : end(atMs, limits.sign),
    feedbackByMs: end(rangAtMs, limits.feedback),
    evidence: rules.categories.get(category)?.evidence ?? false,
  }
}
