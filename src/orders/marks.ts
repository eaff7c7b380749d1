import type { Calendar } from '../city/index.ts'
import { dueAt, lightsOf, reviewDueAt } from './clocks.ts'
import { taskClocks } from './helping/task.ts'
import type { Order } from './order.ts'
import type { OrderMarks } from './store.ts'
import { nextMarkAt } from './warn.ts'

/** When something about an order becomes another: its lights, what the centre has to decide, who of those that help is late. */
export const orderMarks = (order: Order, calendar: Calendar): OrderMarks => ({
  ...lightsOf(order.clocks, calendar),
  reviewAtMs: reviewDueAt(order, calendar),
  taskAtMs: soonest(taskClocks(order).map(({ clock }) => dueAt(clock, calendar))),
  nextMarkAtMs: nextMarkAt(order, calendar),
})

const soonest = (all: readonly number[]) => (all.length === 0 ? undefined : Math.min(...all))
