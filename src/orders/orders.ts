import { Fault } from '../foundation/index.ts'
import { type Handler, handle } from '../jobs/index.ts'
import type { Queries } from '../storage/index.ts'
import { isRefusedText, type Text } from '../texts/index.ts'
import { createActions, type House, unknownFault } from './actions.ts'
import type { Command, NewOrder } from './command.ts'
import type { Actor, Answer, OrderEvent } from './event.ts'
import { keepPieces, type OfferedFile, type Piece } from './evidence.ts'
import type { EvidenceStore } from './evidence-store.ts'
import { orderClockQueue, orderErasedQueue, orderTextQueue } from './jobs.ts'
import { noticeText } from './notice.ts'
import { type OrderNumber, readOrderNumber } from './number.ts'
import { foldOrder, type Order } from './order.ts'
import { type ListQuery, listOrders, type OrderLine, ordersOfCaller, selectEvents } from './store.ts'

export type Orders = {
  /**
   * An order, dispatched to its unit.
   * @param anyway also when this caller has an open one of the same kind
   * @throws Fault `order-open-already`, `category-unknown`, `unit-unknown`, `ring-in-future`
   */
  make(order: NewOrder, by: Actor, anyway?: boolean): Promise<Order>
  /** @throws Fault `order-unknown`, and as `decide` */
  act(number: OrderNumber, command: Command, by: Actor): Promise<Order>
  /**
   * Files that show what was done, all or none; whether they may be shown is asked before they are read.
   * @throws Fault `order-unknown`, `evidence-full`, `evidence-known`, and as `decide`; FaultList as `keepPieces`
   */
  showEvidence(number: OrderNumber, files: AsyncIterable<OfferedFile>, by: Actor): Promise<Order>
  /** @throws Fault `order-unknown`, `evidence-unknown`, `evidence-lost` */
  openEvidence(
    number: OrderNumber,
    hash: string,
  ): Promise<{ readonly piece: Order['evidence'][number]; readonly bytes: AsyncIterable<Uint8Array> }>
  /**
   * The order, all that happened to it and its files are gone; that there was one, and who erased it, is kept.
   * @throws Fault `order-unknown`, `order-stage` while it is open, and what `forgets` refuses
   */
  erase(number: OrderNumber, by: Actor): Promise<void>
  /** As `act`, in a transaction that somebody else began. */
  actIn(queries: Queries, number: OrderNumber, command: Command, by: Actor): Promise<Order>
  /** @throws Fault `order-unknown`, and as `decide`; nothing happens. */
  may(number: OrderNumber, command: Command, by: Actor): Promise<void>
  /** @throws Fault `order-unknown` */
  show(number: OrderNumber): Promise<{ readonly order: Order; readonly events: readonly OrderEvent[] }>
  list(query: ListQuery): Promise<readonly OrderLine[]>
  /** Earlier and open orders of a caller, the latest first. */
  ofCaller(caller: string, limit: number): Promise<readonly OrderLine[]>
  /** How an order stands, as flows call it, by what somebody keyed; undefined when no order has this number. */
  statusOf(keyed: string): Promise<'received' | 'handling' | 'closed' | undefined>
  /**
   * The citizen's answer about a closing, in the transaction that settles the question. "Not solved" or one of the two
   * worst ratings reopens the order with its old clock.
   * @returns the order after it
   */
  answered(queries: Queries, answer: Answer & { readonly order: string }): Promise<Order>
  readonly handlers: readonly Handler[]
}

type Options = House & {
  readonly evidence: EvidenceStore
  /** Sends a text message to those who handle orders. */
  send(text: Text, signal: AbortSignal): Promise<void>
  /** IANA name of the city's time, for dates in texts. */
  readonly timeZone: string
}

export function openOrders({ send, evidence, timeZone, ...house }: Options): Orders {
  const { database, rules, calendar, clock } = house
  const actions = createActions(house)

  const show: Orders['show'] = async number => {
    const events = await selectEvents(database, number)
    if (events.length === 0) throw unknownFault(number)
    return { order: foldOrder(number, events, calendar), events }
  }

  /** Bytes that no event speaks of are nobody's. */
  async function dropUnshown(number: OrderNumber, pieces: readonly Piece[]): Promise<void> {
    const shown = await show(number).then(
      ({ order }) => order.evidence,
      () => [],
    )
    for (const { hash } of pieces)
      if (!shown.some(piece => piece.hash === hash)) await evidence.drop(number, hash)
  }

  return {
    async showEvidence(number, files, by) {
      await actions.may(number, { do: 'show-evidence', pieces: [] }, by)
      const pieces: Piece[] = []
      try {
        for await (const piece of keepPieces(number, files, rules.evidence, evidence)) pieces.push(piece)
        return await actions.act(number, { do: 'show-evidence', pieces }, by)
      } catch (error) {
        await dropUnshown(number, pieces)
        throw error
      }
    },
    async openEvidence(number, hash) {
      const piece = (await show(number)).order.evidence.find(one => one.hash === hash)
      if (piece) return { piece, bytes: await evidence.open(number, hash) }
      throw new Fault({
        code: 'evidence-unknown',
        place: 'hash',
        found: 'no such file of this order',
        expected: 'one that the order shows',
      })
    },
    erase: actions.erase,
    actIn: actions.actIn,
    may: actions.may,
    make: (order, by, anyway = false) => actions.make(order, by, anyway),
    async act(number, command, by) {
      const order = await actions.act(number, command, by)
      if (command.do === 'withdraw-evidence') await evidence.drop(number, command.hash)
      return order
    },
    answered: (queries, { order, ...answer }) => actions.answered(queries, readOrderNumber(order), answer),
    show,
    list: query => listOrders(database, query, clock.now()),
    ofCaller: (caller, limit) => ordersOfCaller(database, caller, limit),
    async statusOf(keyed) {
      const number = numberIn(keyed)
      const events = number === undefined ? [] : await selectEvents(database, number)
      if (number === undefined || events.length === 0) return undefined
      const { stage } = foldOrder(number, events, calendar)
      return stage === 'waiting' ? 'received' : stage
    },
    handlers: [
      handle(orderErasedQueue, ({ data: { order } }) => evidence.erase(readOrderNumber(order))),
      handle(orderClockQueue, job => actions.tick(readOrderNumber(job.data.order), job)),
      handle(
        orderTextQueue,
        async ({ id, data: { order, phone, kind, percent = 0 }, signal }) => {
          const shown = await show(readOrderNumber(order))
          const text = noticeText(kind, percent, shown.order, rules, calendar, timeZone)
          await send({ id, to: phone, text }, signal)
        },
        isRefusedText,
      ),
    ],
  }
}

/** A number that cannot be one is as unknown as one that no order has: a caller may try again. */
function numberIn(keyed: string): OrderNumber | undefined {
  try {
    return readOrderNumber(keyed)
  } catch {
    return undefined
  }
}
