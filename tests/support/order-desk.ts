/** Orders as they are shown over HTTP, asked for directly. */
import { createCallers } from '../../src/callers/index.ts'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import type { Clock, Log } from '../../src/foundation/index.ts'
import { detailFor } from '../../src/http/orders/view.ts'
import type { Jobs } from '../../src/jobs/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import { type OrderActor, type OrderDetail, urgencySchema } from '../../src/orders/api.ts'
import { type OrderRules, type Orders, openOrders } from '../../src/orders/index.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import type { Database } from '../../src/storage/index.ts'
import { createCallRecords } from '../../src/telephony/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { testLedger } from './ledger.ts'
import { shippedCatalogue } from './shipped-catalogue.ts'

/** Everybody of a unit, and whoever supervises it, has a telephone; those that are shipped have none. */
export const withPhones = (rules: OrderRules): OrderRules => ({
  ...rules,
  units: new Map(
    [...rules.units].map(([id, one], at) => [
      id,
      { ...one, phones: [`1390000${1000 + at}`], supervisors: [`1380000${1000 + at}`] },
    ]),
  ),
  supervision: { district: ['13700000001'], city: ['13700000002'], dispatch: ['13700000003'] },
})

/** A test that looks at what is told looks at once, at whatever hour. */
export const toldAtOnce = (rules: OrderRules): OrderRules => ({
  ...rules,
  levels: { ...rules.levels, texts: { ...rules.levels.texts, atOnce: urgencySchema.options } },
})

export type OrderDesk = ReturnType<typeof orderDeskOf>

export function orderDeskOf(orders: Orders, clock: Clock) {
  const nobody = { staff: { list: async () => [] }, desk: { seats: () => [] } }
  const detail = detailFor({ orders, calendar: createCalendar(exampleCity), clock, ...nobody })
  return {
    make: async (asked: NewOrderRequest, by: OrderActor): Promise<OrderDetail> =>
      detail(await orders.make(asked, by), by),
    act: async (number: string, command: OrderCommand, by: OrderActor): Promise<OrderDetail> =>
      detail(await orders.act(number, command, by), by),
    show: async (number: string, reader: OrderActor): Promise<OrderDetail> =>
      detail(await orders.show(number, reader), reader),
    contact: {
      check: orders.contact.check,
      readBack: async (number: string, code: string, by: OrderActor): Promise<OrderDetail> =>
        detail(await orders.contact.readBack(number, code, by), by),
    },
    evidence: orders.evidence,
  }
}

/** As two members do it. */
export async function eraseByTwo(orders: Pick<Orders, 'erasure'>, number: string): Promise<void> {
  const member = (person: string) => ({ role: 'supervisor', person }) as const
  await orders.erasure.ask(number, 'citizen', member('zhao'))
  await orders.erasure.decide(number, true, member('qian'))
}

/** Orders by themselves: no call is known, nobody has rung. */
export const openTestOrders = async ({
  texts = [],
  ledger = testLedger,
  automatic,
  closings,
  clock,
  log,
  ...given
}: {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly clock: Clock
  readonly log: Log
  readonly dataDir: string
  /** What was sent. */
  readonly texts?: string[]
  readonly ledger?: Ledger
  /** What goes by itself; nothing when absent. */
  readonly automatic?: OrderRules['dispatch']['automatic']
  /** What closings are read by, where that is other than it is shipped. */
  readonly closings?: Partial<OrderRules['closings']>
}) => {
  const calls = createCallRecords({
    database: given.database,
    journal: { flush: async () => undefined, readBack: async () => true },
  })
  const callers = createCallers({ database: given.database, clock, log })
  const rules = toldAtOnce(await shippedRules())
  const dispatch = { ...rules.dispatch, automatic: automatic ?? rules.dispatch.automatic }
  const orders = openOrders({
    ...given,
    ledger,
    clock,
    log,
    calls,
    callers,
    city: exampleCity,
    catalogue: await shippedCatalogue(),
    rules: {
      ...rules,
      dispatch,
      closings: { ...rules.closings, ...closings },
    },
    send: async ({ text }) => void texts.push(text),
  })
  const close = () => Promise.all([orders.close(), callers.close()])
  return { orders, orderDesk: orderDeskOf(orders, clock), close }
}
