import type { Command, Context, Decision, NewOrder } from '../command.ts'
import { type Matter, type MatterDependencies, matterOf } from '../demand.ts'
import type { History, Order } from '../order.ts'
import { only } from '../permit.ts'
import type { SplitPart } from './api.ts'

/** Splits off further matters: the order keeps its own, and new orders get the others. */
export const split = (
  order: Order,
  { words }: Extract<Command, { do: 'split' }>,
  { made = [] }: Pick<Context, 'made'>,
): Decision => only(order, { kind: 'split', orders: made, words })

/**
 * The orders for the other matters: same person, call, place and clock of the first ring; each with its own kind,
 * unit and limits.
 * @throws Fault as `matterOf`
 */
export const partsOf = (
  { order, events }: History,
  parts: readonly SplitPart[],
  dependencies: MatterDependencies,
): readonly NewOrder[] =>
  parts.map(({ matter, district, street, place, ...what }) => {
    const where = { district: district ?? order.district, street: street ?? order.street }
    return {
      ...personOf({ order, events }),
      ...where,
      place: place ?? order.place,
      ...whatOf(order, what, where, dependencies),
      matter,
    }
  })

function whatOf(
  order: Order,
  what: Omit<SplitPart, 'matter' | 'place' | 'district' | 'street'>,
  where: Pick<Order, 'district' | 'street'>,
  dependencies: MatterDependencies,
): Matter {
  const isOpen = what.kind === undefined && what.category === undefined
  const urgency = what.urgency ?? (isOpen ? order.urgency : undefined)
  return matterOf({ ...what, ...where, urgency }, dependencies)
}

function personOf({ order, events }: History) {
  const { caller, contact, elder, confidential, language, type, name } = order
  const { rangAtMs } = order
  const [first] = events
  const call = first?.kind === 'made' ? first.call : undefined
  const told = { caller, contact, elder, confidential, language, type, name }
  return { ...told, call, rangAtMs }
}
