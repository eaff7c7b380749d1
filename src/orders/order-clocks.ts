import type { Calendar } from '../city/index.ts'
import { markAt, type OrderClock } from './clocks.ts'
import { longer } from './limit.ts'
import type { Order } from './order.ts'

/** A clock that restarts also repeats its warnings. */
export const begun = (order: Order, clock: OrderClock): Order => ({
  ...order,
  clocks: [...order.clocks.filter(({ name }) => name !== clock.name), clock],
  warned: order.warned.filter(key => !key.startsWith(`${clock.name} `)),
})

/** Gives the order to a unit, with a full limit to sign; the citizen's clocks keep running. */
export function given(order: Order, unit: string, atMs: number): Order {
  return signedFor({ ...order, unit, unitSinceMs: atMs, assignee: undefined }, atMs)
}

export const signedFor = (order: Order, atMs: number): Order =>
  order.signs ? begun(order, { name: 'sign', startMs: atMs, limit: order.signs }) : order

/** A longer limit moves its marks; those that lie in the future again will be told again. */
export function extended(order: Order, days: number, atMs: number, calendar: Calendar): Order {
  const clocks = order.clocks.map(clock =>
    clock.name === 'handling' ? { ...clock, limit: longer(clock.limit, days) } : clock,
  )
  const handling = clocks.find(({ name }) => name === 'handling')
  const isPassed = (key: string) => {
    const [name, percent] = key.split(' ')
    return name !== 'handling' || !handling || markAt(handling, Number(percent), calendar) <= atMs
  }
  return {
    ...order,
    clocks,
    extensions: [...order.extensions, days],
    warned: order.warned.filter(isPassed),
  }
}

/**
 * Reopens the order with the same lead and the clock of the first ring, as if the failed closing had not stopped
 * it.
 */
export function reopened(order: Order, atMs: number): Order {
  const clocks = order.clocks.map((clock): OrderClock => {
    if (clock.name !== 'handling') return clock
    const { doneAtMs: _, ...running } = clock
    return running
  })
  const open = { ...order, clocks, cycle: order.cycle + 1, erasure: undefined }
  const waits = clocks.some(({ name, doneAtMs }) => name === 'person' && doneAtMs === undefined)
  return waits ? open : begun(open, { name: 'person', startMs: atMs, limit: order.personRings })
}
