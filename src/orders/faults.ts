import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'
import type { OrderEvent } from './event.ts'

/** The fault codes of this room, with their kinds. */
export const orderFaults = {
  'answered-wrong-type': 'invalid',
  'answer-unasked': 'invalid',
  'call-unknown': 'missing',
  'category-unknown': 'invalid',
  'dispatch-table': 'invalid',
  'dispatched-already': 'conflict',
  'district-unknown': 'invalid',
  'kind-unknown': 'invalid',
  'place-missing': 'invalid',
  'channel-unknown': 'invalid',
  'closing-unknown': 'missing',
  'clock-moved-back': 'away',
  'contact-settled': 'conflict',
  'erasure-alone': 'conflict',
  'erasure-asked': 'conflict',
  'erasure-missing': 'conflict',
  'evidence-broken': 'invalid',
  'evidence-empty': 'invalid',
  'evidence-full': 'conflict',
  'evidence-known': 'conflict',
  'evidence-lost': 'ours',
  'evidence-missing': 'invalid',
  'evidence-too-big': 'too-big',
  'evidence-type': 'wrong-type',
  'evidence-unknown': 'missing',
  'extension-asked': 'conflict',
  'extension-not-asked': 'conflict',
  'extension-refused': 'conflict',
  'instruction-none': 'conflict',
  'instruction-open': 'conflict',
  'merge-chain': 'conflict',
  'merge-confidential': 'conflict',
  'merge-itself': 'invalid',
  'merge-missing': 'conflict',
  'merge-pending': 'conflict',
  'merge-undispatched': 'conflict',
  'nothing-changes': 'conflict',
  'number-missing': 'invalid',
  'help-not-asked': 'conflict',
  'person-unknown': 'invalid',
  'question-asked': 'conflict',
  'question-over': 'conflict',
  'question-unreachable': 'conflict',
  'question-unknown': 'missing',
  'order-confidential': 'forbidden',
  'order-history': 'ours',
  'order-led': 'conflict',
  'order-number-wrong': 'invalid',
  'order-of-another-unit': 'forbidden',
  'order-open-already': 'conflict',
  'order-stage': 'conflict',
  'order-unknown': 'missing',
  'order-unsigned': 'conflict',
  'orders-full': 'away',
  'repeat-unknown': 'conflict',
  'return-not-asked': 'conflict',
  'return-refused': 'conflict',
  'ring-in-future': 'invalid',
  'role-wrong': 'forbidden',
  'rule-invalid': 'invalid',
  'site-none': 'conflict',
  'site-open': 'conflict',
  'site-time': 'invalid',
  'take-back-late': 'conflict',
  'unit-unknown': 'invalid',
  'urgency-missing': 'invalid',
  'words-short': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    orders: typeof orderFaults
  }
}

export type OrderFaultCode = keyof typeof orderFaults

export const fault = (code: OrderFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })

/** The events cannot have happened in this order. */
export const historyFault = (number: string, event: OrderEvent | undefined, expected: string) =>
  new Fault({
    code: 'order-history',
    place: `order ${number}`,
    found: event ? `event ${event.seq}, ${event.kind}` : 'no event',
    expected,
  })

/** @param number grouped for people */
export const twinFault = (number: string) =>
  fault(
    'order-open-already',
    'category',
    `order ${number} of this caller about the same, still open`,
    'what the caller says now added to that one',
  )

export const openFault = (stage: string) =>
  fault('order-stage', 'order', `an order that is ${stage}`, 'a closed one')

/** @param number grouped for people */
export const unknownFault = (number: string) =>
  fault('order-unknown', 'number', number, 'the number of an order that is here')
