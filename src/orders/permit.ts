import type { Decision, Notice } from './command.ts'
import type { Actor, EventKind, Happening } from './event.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { moves } from './order-state.ts'

export const dispatched: Notice = { kind: 'dispatched', to: 'unit' }

/** Tells a unit that it is asked to help. */
export const asked = (unit: string): Notice => ({ kind: 'granted', to: 'helper', unit })

/** A decision with one event. @throws Fault `order-stage` if it cannot happen at this stage */
export function only(order: Order, happening: Happening, notices: readonly Notice[] = []): Decision {
  if (moves[order.stage][happening.kind] === undefined)
    throw fault('order-stage', 'order', `${happening.kind} while ${order.stage}`, mayHappen(order))
  return { happenings: [happening], notices }
}

const mayHappen = ({ stage }: Order) =>
  (Object.keys(moves[stage]) as EventKind[]).filter(kind => kind !== 'warned').join(', ')

/** @throws Fault `role-wrong` */
export function unitOf(by: Actor): string {
  if (by.role === 'unit' && by.unit !== undefined) return by.unit
  throw fault('role-wrong', 'by', by.role, 'somebody of a unit')
}

/** @throws Fault `role-wrong`, `order-unsigned`, `order-of-another-unit` */
export function ofUnit(unit: string | undefined, by: Actor): void {
  const acting = unitOf(by)
  if (unit === undefined)
    throw fault('order-unsigned', 'order', 'an order that nobody signed', 'sign it first')
  if (acting !== unit) throw anothers(acting, unit)
}

/** Units that may read an order: the one that has it, the lead, co-units, and those with a copy. */
export const readersOf = ({ unit, lead, grants, copies }: Order): readonly string[] => [
  unit,
  ...(lead === undefined ? [] : [lead]),
  ...grants.map(grant => grant.unit),
  ...copies,
]

/**
 * Checks that somebody may read an order, and so act on it: everybody at the centre, and the units of `readersOf`.
 * @throws Fault `order-of-another-unit`
 */
export function checkReader(order: Order, by: Actor): void {
  if (by.role !== 'unit' || readersOf(order).includes(by.unit ?? '')) return
  throw anothers(by.unit ?? '', order.unit)
}

/** Checks that somebody works on the order, for the lead or a co-unit. @throws Fault as `ofUnit` */
export function ofHelper(order: Order, by: Actor): string {
  const acting = unitOf(by)
  if (!order.grants.some(({ unit }) => unit === acting)) ofUnit(order.lead, by)
  return acting
}

const anothers = (acting: string, unit: string) =>
  fault('order-of-another-unit', 'by.unit', `"${acting}"`, `"${unit}", which has this order`)

/** @throws Fault `category-unknown`, `unit-unknown` */
export function known<Value>(all: ReadonlyMap<string, Value>, id: string, place: string): Value {
  const found = all.get(id)
  if (found) return found
  const code = place === 'category' ? 'category-unknown' : 'unit-unknown'
  throw fault(code, place, `"${id}"`, `one of ${[...all.keys()].join(', ')}`)
}
