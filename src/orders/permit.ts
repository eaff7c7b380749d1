import type { Decision, Notice } from './command.ts'
import type { Actor, EventKind, Happening } from './event.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { moves } from './order-state.ts'

export const dispatched: Notice = { kind: 'dispatched', to: 'unit' }

/** One happening, if it can happen at this stage. @throws Fault `order-stage` */
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
  if (acting !== unit)
    throw fault('order-of-another-unit', 'by.unit', `"${acting}"`, `"${unit}", which has this order`)
}

/** @throws Fault `category-unknown`, `unit-unknown` */
export function known<Value>(all: ReadonlyMap<string, Value>, id: string, place: string): Value {
  const found = all.get(id)
  if (found) return found
  const code = place === 'category' ? 'category-unknown' : 'unit-unknown'
  throw fault(code, place, `"${id}"`, `one of ${[...all.keys()].join(', ')}`)
}
