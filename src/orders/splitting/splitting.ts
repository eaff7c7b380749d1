import type { Command, Context, Decision, NewOrder } from '../command.ts'
import { type Matter, type MatterDependencies, matterOf } from '../demand.ts'
import type { History, Order } from '../order.ts'
import { only } from '../permit.ts'
import type { SplitPart } from './api.ts'

/** One demand is several matters: the order goes on with its own, and others have the rest. */
export const split = (
  order: Order,
  { words }: Extract<Command, { do: 'split' }>,
  { made = [] }: Pick<Context, 'made'>,
): Decision => only(order, { kind: 'split', orders: made, words })

/**
 * The orders of the other matters: told by the same person in the same call about the same place, with the clock of its first
 * ring; each with its own kind, unit and limits.
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
