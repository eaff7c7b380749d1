import type { Calendar } from '../city/index.ts'
import type { Reported, StoredEvent } from '../ledger/index.ts'
import { closingRows } from './checking/store.ts'
import { erasureRow } from './erasing/store.ts'
import { erasedIn, orderEvent, orderRoom } from './event-store.ts'
import { foldOrder } from './fold.ts'
import { readOrderNumber } from './number.ts'
import type { Order } from './order.ts'
import { undecidedIn } from './repeating/telling-apart.ts'
import { returnRows } from './returning/store.ts'
import { contactNumberOf, type OrderMarks } from './store.ts'
import { instructionRows, siteRows } from './supervising/store.ts'

const ofTheDay = 'by the calendar of the day on which it was issued; its limit stands in what happened'

/** Rebuilds from events what lists and figures of orders show, and who had one erased. */
export const reportedOrders = (calendar: Calendar): Reported => ({
  room: orderRoom,
  tables: [
    {
      name: 'orders',
      stream: 'number',
      apart: {
        next_mark_at: 'when somebody looks at it next; nothing is shown by it',
        task_at:
          'by the calendar of the day on which a unit was asked to help; its limit stands in what happened',
        review_at: 'by the calendar of the day on which it was returned; its limit stands in what happened',
      },
    },
    { name: 'order_erasures', stream: 'number', apart: {} },
    { name: 'order_returns', stream: 'number', order: 'seq', apart: {} },
    { name: 'order_closings', stream: 'number', order: 'cycle', apart: {} },
    {
      name: 'order_instructions',
      stream: 'number',
      order: 'seq',
      apart: { yellow_at: ofTheDay, due_at: ofTheDay },
    },
    { name: 'order_site_checks', stream: 'number', order: 'seq', apart: { due_at: ofTheDay } },
  ],
  rebuild(number, events) {
    const last = events.at(-1)
    const erased = last && erasedIn(last)
    if (erased)
      return {
        orders: [],
        order_erasures: [erasureRow(number, erased.asked, erased)],
        order_returns: [],
        order_closings: [],
        order_instructions: [],
        order_site_checks: [],
      }
    const order = foldOrder(readOrderNumber(number), events.map(orderEvent), calendar)
    return {
      orders: [rowOf(order, last)],
      order_erasures: order.erasure ? [erasureRow(number, order.erasure)] : [],
      order_returns: returnRows(order),
      order_closings: closingRows(order),
      order_instructions: instructionRows(order),
      order_site_checks: siteRows(order),
    }
  },
})

function rowOf(order: Order, last: StoredEvent | undefined) {
  const marks = last?.data.marks as OrderMarks | undefined
  // Events from before the ledger do not hold the marks.
  const markAt = (ms: number | undefined) =>
    last?.isAdopted ? undefined : ms === undefined ? null : new Date(ms)
  return {
    number: order.number,
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
    contact: contactNumberOf(order),
    matter: order.matter,
    place: order.place,
    rang_at: new Date(order.rangAtMs),
    made_at: new Date(order.madeAtMs),
    changed_at: new Date(order.lastAtMs),
    yellow_at: markAt(marks?.yellowAtMs),
    red_at: markAt(marks?.redAtMs),
    returns: order.returns,
    confidential: order.confidential,
    assignee: order.assignee ?? null,
    merged_into: order.merged?.into ?? null,
    like_open: undecidedIn(order),
    states_told: order.statesTold,
    helpers: order.grants.map(({ unit }) => unit),
    copies: order.copies,
    rule_kind: order.byRule?.kind ?? null,
    rule_sampled: order.byRule?.isSampled ?? false,
    rule_verdict: order.byRule?.verdict ?? null,
    person_asked: order.personAsked,
  }
}
