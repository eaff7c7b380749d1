import type { Queries } from '../storage/index.ts'
import type { Piece } from './api.ts'
import type { ClosedOrder } from './closed-order.ts'
import type { OrderEvent } from './event.ts'
import type { NewOrderRequest } from './making/api.ts'
import type { OrderNumber } from './number.ts'
import type { Order } from './order.ts'

/** An order being made, and what was suggested to its maker. */
export type MadeOrder = {
  readonly order: OrderNumber
  /** The call in which it was told. */
  readonly call: string | undefined
  readonly isConfidential: boolean
  /** Numbers by which its citizen may be rung: the caller's, and the one given as contact. */
  readonly numbers: readonly string[]
  readonly contact: Order['contact']['mode']
  readonly draft: string | undefined
  readonly suggested: NewOrderRequest['suggested']
  /** Code in the catalogue. */
  readonly kind: string | undefined
  /** The knowledge entry that it was answered with. */
  readonly article: string | undefined
  readonly by: string
  readonly role: string
  readonly atMs: number
}

/** Another room that takes part in an order's changes, in the same transaction. */
export type OrderFollower = {
  /** The files of a draft, before the draft ends. */
  filesOf?(queries: Queries, draft: string): Promise<readonly Piece[]>
  /** An order was made, with or without a draft. May refuse, so that a draft sent twice makes one order. */
  made?(queries: Queries, made: MadeOrder): Promise<void>
  /** A draft's words were added to it. May refuse, so that a draft sent twice adds them once. */
  added?(queries: Queries, added: Pick<MadeOrder, 'order' | 'draft' | 'by' | 'role'>): Promise<void>
  /** Its citizen rang again about it. */
  heard?(queries: Queries, order: OrderNumber, call: string): Promise<void>
  /** It became confidential: no person in it is shown outside the centre. */
  hidden?(queries: Queries, order: OrderNumber): Promise<void>
  /** It was closed: the survey that it owes is as certain as the closing. */
  closed?(queries: Queries, closed: ClosedOrder): Promise<void>
  /** Something happened to it. */
  happened?(queries: Queries, order: Order, events: readonly OrderEvent[]): Promise<void>
  /** It is being erased, with everything kept about its citizen, whose number rang. May refuse. */
  erased?(queries: Queries, order: OrderNumber, caller: string): Promise<void>
}
