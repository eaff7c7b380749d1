/** A file's own room of orders, on the product's tables and a clock moved by hand; people ring, and the centre and units act. */
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { type Jobs, openJobs } from '../../src/jobs/index.ts'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderActor } from '../../src/orders/api.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import { type Database, migrate, sql } from '../../src/storage/index.ts'
import { openTestOrders } from '../support/order-desk.ts'
import { mondayTen, openRoomDatabase } from '../surveys/house.ts'

export const seat = { role: 'seat', person: 's1' } as const
export const dispatcher = { role: 'dispatcher', person: 'pai' } as const
export const supervisor = { role: 'supervisor', person: 'boss' } as const
export const heating = { role: 'unit', person: 'wang', unit: 'heating' } as const
/** A street that no other file tells of: an order meets those of its street. */
export const burstPipe = (street: string): NewOrderRequest => ({
  category: 'heating',
  matter: '小区供暖管道漏水，整栋楼暖气不热',
  place: '幸福小区3号楼',
  street,
})
export const refused = (code: string) => expect.objectContaining({ code })

/** To be called once in a file: each test has the room anew, over what the tests before it left. */
export function toldOrders() {
  const clock = createManualClock(mondayTen)
  const texts: string[] = []
  let database: Database
  let jobs: Jobs
  let room: Awaited<ReturnType<typeof openTestOrders>>
  beforeAll(async () => {
    database = await openRoomDatabase()
    await migrate(database, tables)
    jobs = openJobs({ database, clock, log: silentLog, queues, pollMs: 1e9 })
    await jobs.prepare()
  }, 60_000)
  afterAll(async () => {
    await jobs.close()
    await database.close()
  })
  beforeEach(async () => {
    await database.execute(sql`delete from pgboss.job`)
    texts.length = 0
    room = await openTestOrders({ database, jobs, clock, log: silentLog, dataDir: tmpdir(), texts })
    return () => room.close()
  })
  let last = 138_000
  const act = (number: string, command: OrderCommand, by: OrderActor) =>
    room.orderDesk.act(number, command, by)
  return {
    clock,
    /** What was sent in this test. */
    texts,
    database: () => database,
    orders: () => room.orders,
    act,
    shown: (number: string) => room.orderDesk.show(number, supervisor),
    /** Somebody rings about it, from a number of their own unless it is said. */
    async tells(asked: NewOrderRequest): Promise<string> {
      last += 1
      const caller = asked.caller ?? `+8613900${last}`
      const contact = { mode: 'sms', number: caller } as const
      return (await room.orderDesk.make({ caller, contact, ...asked }, seat)).order.number
    },
    /** Jobs are worked on from now on. */
    works: () => jobs.run(room.orders.handlers),
    async passes(ms: number) {
      await clock.advance(ms)
      await jobs.runDue()
    },
  }
}
