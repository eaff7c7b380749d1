import type { Command, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Of, Order } from '../order.ts'
import { only } from '../permit.ts'

/** A dispatcher decides that an order is about another matter than one it resembles. @throws Fault `repeat-unknown` */
export function tellApart(order: Order, { from }: Extract<Command, { do: 'tell-apart' }>): Decision {
  const open = undecidedOf(order)
  if (!open.includes(from))
    throw fault('repeat-unknown', 'from', `"${from}"`, open.join(', ') || 'one that it may repeat')
  return only(order, { kind: 'told-apart', from })
}

export const liked = (order: Order, { orders }: Of<'likened'>): Order => ({
  ...order,
  like: orders.map(one => one.order),
})

/** Removes an order from those that it may repeat. */
export const decidedOn = (order: Order, number: string): Order =>
  order.like.includes(number) ? { ...order, like: order.like.filter(one => one !== number) } : order

/** Orders that it may repeat, still undecided; those merged into it count as decided while they are. */
export const undecidedOf = ({ like, joined }: Pick<Order, 'like' | 'joined'>): readonly string[] =>
  like.filter(number => !joined.some(({ order }) => order === number))

/** The number of similar orders still undecided. */
export const undecidedIn = (order: Pick<Order, 'like' | 'joined' | 'stage'>): number =>
  order.stage === 'merged' || order.stage === 'closed' ? 0 : undecidedOf(order).length
