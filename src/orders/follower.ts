import type { Queries } from '../storage/index.ts'
import type { Piece } from './api.ts'
import type { ClosedOrder } from './closed-order.ts'
import type { OrderEvent } from './event.ts'
import type { NewOrderRequest } from './making/api.ts'
import type { OrderNumber } from './number.ts'
import type { Order } from './order.ts'

/** An order that is being made, and what was suggested to whoever makes it. */
export type MadeOrder = {
  readonly order: OrderNumber
  /** In which it was told. */
  readonly call: string | undefined
  readonly isConfidential: boolean
  /** By which its citizen may be rung: the caller's, and the one that they gave. */
  readonly numbers: readonly string[]
  readonly contact: Order['contact']['mode']
  readonly draft: string | undefined
  readonly suggested: NewOrderRequest['suggested']
  /** Code of the catalogue. */
  readonly kind: string | undefined
  /** The answer of the knowledge base that it was closed with. */
  readonly article: string | undefined
  readonly by: string
  readonly role: string
  readonly atMs: number
}

/** Another room that what happens to an order concerns, in the same transaction. */
export type OrderFollower = {
  /** What a citizen gave for this draft, before it ends. */
  filesOf?(queries: Queries, draft: string): Promise<readonly Piece[]>
  /** It was made, of a draft or without. May refuse: of two who send one draft, one makes an order. */
  made?(queries: Queries, made: MadeOrder): Promise<void>
  /** What a draft says was added to it. May refuse: of two who send one draft, one adds it. */
  added?(queries: Queries, added: Pick<MadeOrder, 'order' | 'draft' | 'by' | 'role'>): Promise<void>
  /** Its citizen rang again about it. */
  heard?(queries: Queries, order: OrderNumber, call: string): Promise<void>
  /** From now on no person of it is shown outside the centre. */
  hidden?(queries: Queries, order: OrderNumber): Promise<void>
  /** The order was closed: that its citizen has to be asked is as sure as the closing. */
  closed?(queries: Queries, closed: ClosedOrder): Promise<void>
  /** Something happened to it. */
  happened?(queries: Queries, order: Order, events: readonly OrderEvent[]): Promise<void>
  /** The order is erased: what is kept of its citizen goes, too, whose number rang. May refuse. */
  erased?(queries: Queries, order: OrderNumber, caller: string): Promise<void>
}
