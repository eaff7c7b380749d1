import type { Command, Decision } from '../command.ts'
import type { Actor } from '../event.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { ofUnit, only } from '../permit.ts'

/** A unit assigns an order to one of its people; whether they belong to the unit is checked where people are known. */
export function assign(order: Order, { person }: Extract<Command, { do: 'assign' }>, by: Actor): Decision {
  ofUnit(order.unit, by)
  if (person === order.assignee) throw fault('nothing-changes', 'person', person ?? 'nobody', 'somebody else')
  return only(order, { kind: 'assigned', unit: order.unit, person })
}
