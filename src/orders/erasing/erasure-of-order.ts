import type { Database } from '../../storage/index.ts'
import type { OrderActions } from '../actions.ts'
import type { Actor } from '../event.ts'
import { readOrderNumber } from '../number.ts'
import type { ErasureReason, ErasureShown } from './api.ts'
import { selectErasures } from './store.ts'

/**
 * Once one member asks and another agrees, the order, its events and its files are deleted. What is kept is that it
 * existed, who had it erased, and why.
 */
export type OrderErasure = {
  /** Requests waiting for a second person first, then the latest. */
  list(): Promise<readonly ErasureShown[]>
  /** @throws Fault `order-unknown`, `order-stage` while it is open, `erasure-asked` */
  ask(number: string, because: ErasureReason, by: Actor): Promise<void>
  /** @throws Fault `order-unknown`, `order-stage`, `erasure-missing`, `erasure-alone`, and what a follower refuses */
  decide(number: string, agreed: boolean, by: Actor): Promise<void>
}

export const createOrderErasure = (actions: OrderActions, database: Database): OrderErasure => ({
  list: () => selectErasures(database),
  async ask(number, because, by) {
    await actions.act(readOrderNumber(number), { do: 'ask-erasure', because }, by)
  },
  async decide(number, agreed, by) {
    if (agreed) await actions.agreeErasure(readOrderNumber(number), by)
    else await actions.act(readOrderNumber(number), { do: 'refuse-erasure' }, by)
  },
})
