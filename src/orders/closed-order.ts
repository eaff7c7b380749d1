import type { Contact } from '../callers/index.ts'
import type { OrderNumber } from './number.ts'
import type { Order } from './order.ts'

/** A closing, for those who ask the citizen about it. */
export type ClosedOrder = {
  readonly order: OrderNumber
  /** 1 for the first closing, one more after each reopening. */
  readonly cycle: number
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  readonly closedAtMs: number
  readonly unit: string
  readonly category: string
  readonly street: string
  /** Beyond the unit's duty: counted neither as solved nor as unsolved. */
  readonly isReferred: boolean
}

export function closingOf(order: Order): ClosedOrder {
  const { number, cycle, contact, elder, language, lastAtMs, unit, category, street } = order
  const isReferred = order.closings.at(-1)?.result === 'referred'
  return {
    order: number,
    cycle,
    contact,
    elder,
    language,
    closedAtMs: lastAtMs,
    unit,
    category,
    street,
    isReferred,
  }
}
