import type { Calendar } from '../city/index.ts'
import { dueAt, lightsOf, reviewDueAt } from './clocks.ts'
import { taskClocks } from './helping/task.ts'
import { allClocks } from './merging/merged.ts'
import type { Order } from './order.ts'
import type { OrderMarks } from './store.ts'
import { nextMarkAt } from './warn.ts'

/**
 * The times at which an order's display changes: its lights, the centre's decision on a return, and the first late
 * co-unit.
 */
export const orderMarks = (order: Order, calendar: Calendar): OrderMarks => ({
  // A merged order has no light of its own.
  ...(order.stage === 'merged' ? {} : lightsOf(allClocks(order), calendar)),
  reviewAtMs: reviewDueAt(order, calendar),
  taskAtMs:
    order.stage === 'merged'
      ? undefined
      : soonest(taskClocks(order).map(({ clock }) => dueAt(clock, calendar))),
  nextMarkAtMs: nextMarkAt(order, calendar),
})

const soonest = (all: readonly number[]) => (all.length === 0 ? undefined : Math.min(...all))
