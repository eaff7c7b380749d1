import type { OrderActions } from './actions.ts'
import { orderNumberIn } from './number.ts'

/** How an order stands, as flows call it. */
export type OrderStanding = 'received' | 'handling' | 'closed'

/** By what somebody keyed; undefined when no order has this number. What is handled with another stands as that one does. */
export function createStatusOf({ find }: Pick<OrderActions, 'find'>) {
  return async function statusOf(keyed: string): Promise<OrderStanding | undefined> {
    const number = orderNumberIn(keyed)
    const found = number && (await find(number))
    if (!found) return undefined
    const { stage, merged } = found.order
    if (stage === 'merged') return statusOf(merged?.into ?? '')
    return stage === 'undispatched' || stage === 'waiting' ? 'received' : stage
  }
}
