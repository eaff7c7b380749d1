import type { Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { only } from '../permit.ts'
import type { ErasureAsked, ErasureReason } from './api.ts'

/** One member asks for an erasure and another agrees. @throws Fault `order-stage`, `erasure-asked` */
export function askErasure(order: Order, because: ErasureReason): Decision {
  if (order.erasure)
    throw fault('erasure-asked', 'order', 'an erasure that was asked for already', 'one that is decided')
  return only(order, { kind: 'erasure-asked', because })
}

/**
 * @returns the request that the second person decides on. @throws Fault `erasure-missing`, or `erasure-alone` for
 * the same person
 */
export function checkSecond({ erasure }: Order, person: string): ErasureAsked {
  if (!erasure)
    throw fault('erasure-missing', 'order', 'no erasure to decide on', 'one that somebody asked for')
  if (erasure.askedBy === person) throw fault('erasure-alone', 'by', 'who asked for it', 'a second person')
  return erasure
}
