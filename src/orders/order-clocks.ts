import type { Calendar } from '../city/index.ts'
import { markAt, type OrderClock } from './clocks.ts'
import { longer } from './limit.ts'
import type { Order } from './order.ts'

/** A clock that begins anew is warned of anew. */
export const begun = (order: Order, clock: OrderClock): Order => ({
  ...order,
  clocks: [...order.clocks.filter(({ name }) => name !== clock.name), clock],
  warned: order.warned.filter(key => !key.startsWith(`${clock.name} `)),
})

/** Each unit has the same time to sign, while the citizen's clocks go on as they were. */
export function given(order: Order, unit: string, atMs: number): Order {
  return signedFor({ ...order, unit, unitSinceMs: atMs, assignee: undefined }, atMs)
}

export const signedFor = (order: Order, atMs: number): Order =>
  order.signs ? begun(order, { name: 'sign', startMs: atMs, limit: order.signs }) : order

/** A longer limit moves the marks; those that lie ahead again are told again. */
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

/** The same order, the same lead and the clock of the first ring: a closing that was none did not stop it. */
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
