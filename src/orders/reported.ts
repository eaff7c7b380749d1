import type { Calendar } from '../city/index.ts'
import type { Reported, StoredEvent } from '../ledger/index.ts'
import { orderEvent, orderRoom } from './event-store.ts'
import { readOrderNumber } from './number.ts'
import { foldOrder } from './order.ts'
import type { OrderMarks } from './store.ts'

/** What lists and figures of orders show, and who erased one, rebuilt from what happened. */
export const reportedOrders = (calendar: Calendar): Reported => ({
  room: orderRoom,
  tables: [
    {
      name: 'orders',
      stream: 'number',
      apart: { next_mark_at: 'when somebody looks at it next; nothing is shown by it' },
    },
    { name: 'order_erasures', stream: 'number', apart: {} },
  ],
  rebuild(number, events) {
    const last = events.at(-1)
    if (last?.kind === 'erased')
      return { orders: [], order_erasures: [{ number, at: new Date(last.atMs), actor: last.data.by }] }
    return { orders: [rowOf(number, events, calendar)], order_erasures: [] }
  },
})

function rowOf(number: string, events: readonly StoredEvent[], calendar: Calendar) {
  const order = foldOrder(readOrderNumber(number), events.map(orderEvent), calendar)
  const last = events.at(-1)
  const marks = last?.data.marks as OrderMarks | undefined
  // Before the ledger events did not keep the marks.
  const markAt = (ms: number | undefined) =>
    last?.isAdopted ? undefined : ms === undefined ? null : new Date(ms)
  return {
    number,
    seq: order.seq,
    stage: order.stage,
    cycle: order.cycle,
    unit: order.unit,
    category: order.category,
    type: order.type ?? null,
    kind: order.kind ?? null,
    district: order.district ?? null,
    street: order.street,
    urgency: order.urgency,
    elder: order.elder,
    caller: order.caller,
    matter: order.matter,
    place: order.place,
    rang_at: new Date(order.rangAtMs),
    made_at: new Date(order.madeAtMs),
    changed_at: new Date(order.lastAtMs),
    yellow_at: markAt(marks?.yellowAtMs),
    red_at: markAt(marks?.redAtMs),
    returns: order.returns,
    confidential: order.confidential,
    helpers: order.grants.map(({ unit }) => unit),
  }
}
