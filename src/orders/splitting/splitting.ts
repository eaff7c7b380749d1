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
  parts.map(({ matter, ...part }) => ({
    ...personOf({ order, events }),
    ...whatOf(order, part, dependencies),
    matter,
  }))

function whatOf(order: Order, part: Omit<SplitPart, 'matter'>, dependencies: MatterDependencies): Matter {
  const { district, street } = order
  const isOpen = part.kind === undefined && part.category === undefined
  const urgency = part.urgency ?? (isOpen ? order.urgency : undefined)
  return matterOf({ ...part, urgency, district, street }, dependencies)
}

function personOf({ order, events }: History) {
  const { caller, contact, elder, confidential, language, type, name } = order
  const { district, street, place, rangAtMs } = order
  const [first] = events
  const call = first?.kind === 'made' ? first.call : undefined
  const told = { caller, contact, elder, confidential, language, type, name }
  return { ...told, call, district, street, place, rangAtMs }
}
