import type { Database } from '../../storage/index.ts'
import type { Actor, OrderEvent } from '../event.ts'
import type { Order } from '../order.ts'
import { lineSeenBy, type SeenHistory } from '../reader.ts'
import type { LikeOrder } from '../repeating/api.ts'
import { sharedWords } from '../repeating/likeness.ts'
import { undecidedIn, undecidedOf } from '../repeating/telling-apart.ts'
import type { OrderLine } from '../store.ts'
import { countCallers, selectTogether } from './store.ts'

/** Related orders, as a reader may see them. */
export type OrdersTogether = {
  /** How many callers an order is handled for. */
  callersOf(order: Pick<Order, 'number' | 'joined'>): Promise<number>
  /**
   * The lead order, the merged ones, those split from the same demand, and those that it may repeat. @throws Fault
   * `order-unknown`, `order-of-another-unit`
   */
  of(number: string, reader: Actor): Promise<Together>
}
export type Together = {
  readonly lead: OrderLine | undefined
  readonly merged: readonly OrderLine[]
  readonly split: readonly OrderLine[]
  readonly like: readonly LikeLine[]
}
/** An order that may be repeated, and why. */
export type LikeLine = Omit<LikeOrder, 'order'> & { readonly line: OrderLine }

type Dependencies = {
  readonly database: Database
  unitOf(actor: Actor): Actor
  show(number: string, reader: Actor): Promise<SeenHistory>
}

export const createOrdersTogether = ({ database, unitOf, show }: Dependencies): OrdersTogether => ({
  callersOf: ({ number, joined }) =>
    joined.length === 0 ? Promise.resolve(1) : countCallers(database, number),
  async of(number, asking) {
    const reader = unitOf(asking)
    const { order, events } = await show(number, reader)
    const isOfCentre = reader.role !== 'unit'
    const like = isOfCentre && undecidedIn(order) > 0 ? undecidedOf(order) : []
    const others = [...(order.merged ? [order.merged.into] : []), ...order.split, ...like]
    const lines = await selectTogether(database, order.number, others)
    const seen = lines
      // A co-unit of one of them sees nothing of the others.
      .filter(({ unit }) => isOfCentre || unit === reader.unit)
      .map(line => lineSeenBy(reader, line))
    return {
      lead: seen.find(line => line.number === order.merged?.into),
      merged: seen.filter(line => line.mergedInto === order.number),
      split: seen.filter(({ number: other }) => order.split.includes(other)),
      like: seen
        .filter(({ number: other, confidential }) => like.includes(other) && !confidential)
        .map(line => likeLine(order, line, events)),
    }
  },
})

const furthest: readonly OrderLine['stage'][] = ['undispatched', 'waiting', 'handling']

function likeLine(order: Order, line: OrderLine, events: readonly OrderEvent[]): LikeLine {
  const found = events.flatMap(event => (event.kind === 'likened' ? event.orders : []))
  const { isOwn = false, isOfKind = false } = found.find(one => one.order === line.number) ?? {}
  return {
    line,
    isOwn,
    isOfKind,
    words: sharedWords(order.matter, line.matter),
    place: sharedWords(order.place, line.place),
    leads: furthest.indexOf(line.stage) >= furthest.indexOf(order.stage),
  }
}
