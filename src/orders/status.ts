import type { OrderActions } from './actions.ts'
import { orderNumberIn } from './number.ts'

/** The states of an order that flows tell. */
export type OrderStanding = 'received' | 'handling' | 'closed'

/** The state by keyed number; undefined if there is no such order. A merged order has the state of its lead. */
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
