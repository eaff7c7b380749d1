import { done, type OrderClock } from '../clocks.ts'
import type { OrderEvent } from '../event.ts'
import { longer } from '../limit.ts'
import type { Of, Order } from '../order.ts'
import type { Joined } from './merged.ts'

/** Clocks that the lead order takes over. */
const handedOver: readonly OrderClock['name'][] = ['dispatch', 'sign']

/** Merges an order into another, whose unit it gets. @param before the order's state before */
export function merged(before: Order, order: Order, { into, unit, lead, atMs }: Of<'merged'>): Order {
  const { stage, unit: its, unitSinceMs, lead: led, assignee, copies } = before
  const stopped = before.clocks.filter(
    ({ name, doneAtMs }) => doneAtMs === undefined && handedOver.includes(name),
  )
  return {
    ...order,
    unit,
    lead,
    unitSinceMs: atMs,
    assignee: undefined,
    clocks: done(order.clocks, atMs, ...handedOver),
    merged: {
      into,
      before: { stage, unit: its, unitSinceMs, lead: led, assignee, copies },
      stopped: stopped.map(({ name }) => name),
    },
  }
}

/** Follows a change of its lead order. */
export const followed = (order: Order, { unit, lead, citizenKnows, days, atMs }: Of<'followed'>): Order => ({
  ...order,
  unit,
  lead,
  unitSinceMs: unit === order.unit ? order.unitSinceMs : atMs,
  extensions: days === undefined ? order.extensions : [...order.extensions, days],
  clocks: lengthened(citizenKnows ? done(order.clocks, atMs, 'feedback') : order.clocks, days),
})

/** Restores the state before the merging, apart from words and extensions added since. No clock restarts. */
export function parted(order: Order): Order {
  const { merged } = order
  if (!merged) return order
  const { before, stopped } = merged
  const clocks = order.clocks.map(({ doneAtMs, ...clock }) =>
    doneAtMs === undefined || stopped.includes(clock.name) ? clock : { ...clock, doneAtMs },
  )
  return { ...order, ...before, clocks, merged: undefined }
}

export const joined = (order: Order, { order: number, clocks }: Of<'joined'>): Order => ({
  ...order,
  joined: [...order.joined.filter(({ order: other }) => other !== number), { order: number, clocks }],
})

export const left = (order: Order, { order: number }: Of<'left'>): Order => ({
  ...order,
  joined: order.joined.filter(({ order: other }) => other !== number),
})

/** Applies a lead order's event to the clocks of its merged orders; a merged order that is reopened leaves. */
export function together(order: Order, event: OrderEvent): Order {
  if (event.kind === 'reopened') return { ...order, merged: undefined }
  if (order.joined.length === 0) return order
  const change = changeOf(event)
  return change ? { ...order, joined: order.joined.map(one => (one.isOver ? one : change(one))) } : order
}

function changeOf(event: OrderEvent): ((one: Joined) => Joined) | undefined {
  const without = (name: OrderClock['name']) => (one: Joined) => ({
    ...one,
    clocks: one.clocks.filter(clock => clock.name !== name),
  })
  if (event.kind === 'closed') return one => ({ ...one, clocks: [], isOver: true })
  if (event.kind === 'dispatched') return without('dispatch')
  if (event.kind === 'progressed' && event.citizenKnows) return without('feedback')
  if (event.kind === 'extension-decided' && event.granted)
    return one => ({ ...one, clocks: lengthened(one.clocks, event.days) })
  return undefined
}

const lengthened = (clocks: readonly OrderClock[], days: number | undefined): readonly OrderClock[] =>
  days === undefined
    ? clocks
    : clocks.map(clock =>
        clock.name === 'handling' ? { ...clock, limit: longer(clock.limit, days) } : clock,
      )
