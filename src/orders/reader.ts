import type { Actor } from './event.ts'
import { fault } from './faults.ts'
import type { History, Order } from './order.ts'
import type { OrderRules } from './rules.ts'

/** Whoever signs in may have been given their unit by its name. */
export function withUnitId(actor: Actor, rules: Pick<OrderRules, 'units'>): Actor {
  return actor.unit === undefined ? actor : { ...actor, unit: unitIdOf(actor.unit, rules) }
}

export const unitIdOf = (unit: string, { units }: Pick<OrderRules, 'units'>): string =>
  [...units.values()].find(({ name }) => name === unit)?.id ?? unit

/** One of a unit reads what their unit has, leads or helps with; everybody else reads all. @throws Fault `order-of-another-unit` */
export function checkReader({ unit, lead, supports }: Order, reader: Actor): void {
  if (reader.role !== 'unit' || [unit, lead, ...supports.map(one => one.unit)].includes(reader.unit)) return
  throw fault('order-of-another-unit', 'number', `"${reader.unit}"`, `"${unit}", which has it`)
}

/** A unit reaches the citizen the way they wished, and need not know who rang. */
export function asSeenBy(reader: Actor, { order, events }: History): History {
  if (reader.role !== 'unit') return { order, events }
  return {
    order: { ...order, caller: '' },
    events: events.map(event => (event.kind === 'made' ? { ...event, caller: '' } : event)),
  }
}
