import type { Database } from '../../storage/index.ts'
import type { Actor } from '../event.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import { lineSeenBy, type SeenHistory } from '../reader.ts'
import type { OrderLine } from '../store.ts'
import { countCallers, selectTogether } from './store.ts'

/** Orders that are handled together, as somebody may see them. */
export type OrdersTogether = {
  /** How many callers an order is handled for. */
  callersOf(order: Pick<Order, 'number' | 'joined'>): Promise<number>
  /** With which order it is handled, and which are handled with it. @throws Fault `order-unknown`, `order-of-another-unit` */
  of(number: string, reader: Actor): Promise<Together>
}
export type Together = { readonly lead: OrderLine | undefined; readonly members: readonly OrderLine[] }

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
    const { order } = await show(number, reader)
    const lines = await selectTogether(database, order.number, order.merged?.into as OrderNumber | undefined)
    const seen = lines
      // A unit that only helps with one of them learns nothing of the others.
      .filter(({ unit }) => reader.role !== 'unit' || unit === reader.unit)
      .map(line => lineSeenBy(reader, line))
    return {
      lead: seen.find(line => line.number === order.merged?.into),
      members: seen.filter(line => line.mergedInto === order.number),
    }
  },
})
