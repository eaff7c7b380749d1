/** What is kept of a closing that the rules read, what the centre looks at, and what goes with the order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerMigrations } from '../../../src/callers/index.ts'
import { createCalendar, exampleCity } from '../../../src/city/index.ts'
import { createManualClock, silentLog, systemClock } from '../../../src/foundation/index.ts'
import { ledgerMigrations } from '../../../src/ledger/index.ts'
import { type Orders, orderMigrations, reportedOrders } from '../../../src/orders/index.ts'
import { type Database, migrate, openDatabase } from '../../../src/storage/index.ts'
import { callMigrations } from '../../../src/telephony/index.ts'
import { testLedger } from '../../support/ledger.ts'
import { eraseByTwo, openTestOrders } from '../../support/order-desk.ts'
import { mondayMs } from '../rules-house.ts'

const seat = { role: 'seat', person: 's1' } as const
const heating = { role: 'unit', person: 'wang', unit: 'heating' } as const
const li = { role: 'supervisor', person: 'li' } as const
const week = { days: 7, judged: 'no' } as const

describe('closings that the rules read', () => {
  let database: Database
  let orders: Orders
  let shut: () => Promise<unknown>
  const clock = createManualClock(mondayMs)

  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, [...callMigrations, ...callerMigrations, ...ledgerMigrations, ...orderMigrations])
    const opened = await openTestOrders({
      database,
      jobs: { enqueue: async () => true },
      clock,
      log: silentLog,
      dataDir: '/nowhere',
      closings: { sample: { lacking: 1, others: 0 } },
    })
    orders = opened.orders
    shut = opened.close
  }, 60_000)
  afterAll(async () => {
    await shut?.()
    await database?.close()
  })

  async function closed(words: string, told?: true) {
    const { order } = await orders.make(
      { category: 'heating', matter: '暖气三天不热', street: '望京街道', place: '3号楼', anyway: true },
      seat,
    )
    await orders.act(order.number, { do: 'sign' }, heating)
    const done = await orders.act(
      order.number,
      { do: 'close', result: 'solved', words, evidence: ['照片'], told },
      heating,
    )
    return { number: order.number, event: done.events.at(-1) }
  }
  const good = '1月5日清洗暖气滤网，室温恢复到21度。联系人：王工'

  it('a unit is told before it sends, and what it sends against that is a fact of the closing', async () => {
    const { order } = await orders.make(
      { category: 'heating', matter: '暖气不热', street: '望京街道', place: '3号楼', anyway: true },
      seat,
    )
    const draft = { result: 'solved', words: '已处理。' }
    const lacks = await orders.closings.foresee(order.number, draft, heating)
    expect(lacks.map(({ what }) => what)).toEqual(['unanswered', 'empty', 'date', 'person'])
    const another = { role: 'unit', person: 'x', unit: 'water' } as const
    await expect(orders.closings.foresee(order.number, draft, another)).rejects.toMatchObject({
      code: 'order-of-another-unit',
    })
    expect((await closed('已处理。', true)).event).toMatchObject({ check: { told: true, sampled: true } })
    // A program that was shown nothing is not said to have been.
    expect((await closed('已处理。')).event).toMatchObject({ check: { lacks: [{}, {}, {}, {}] } })
    expect((await closed(good, true)).event).toMatchObject({ check: { lacks: [], told: undefined } })
  })

  it('the centre looks at a sample, says what it thinks, and counts by unit how often the rules were right', async () => {
    const { closings } = await orders.closings.list(week)
    expect(closings).toHaveLength(2)
    expect(closings[0]).toMatchObject({ words: '已处理。', matter: '暖气三天不热', unit: 'heating' })
    const [one, other] = closings.map(({ number }) => number)
    const judged = (number = '', verdict: 'sound' | 'lacking', by: typeof li | typeof heating) =>
      orders.act(number, { do: 'judge-closing', cycle: 1, verdict }, by)
    await expect(judged(one, 'lacking', heating)).rejects.toMatchObject({ code: 'role-wrong' })
    await judged(one, 'lacking', li)
    await judged(other, 'sound', li)
    expect((await orders.closings.list(week)).closings).toEqual([])
    expect((await orders.closings.list({ ...week, judged: 'yes' })).closings).toHaveLength(2)
    const counts = { closed: 3, lacking: 2, told: 1, judged: 2, judgedLacking: 2, agreed: 1, missed: 0 }
    expect(await orders.closings.figures({ days: 7 })).toEqual({
      all: counts,
      units: [{ unit: 'heating', ...counts }],
    })
    // Whoever thinks again says so: the last word counts.
    await judged(other, 'lacking', li)
    expect((await orders.closings.figures({ days: 7 })).all.agreed).toBe(2)
    await expect(
      orders.act(one ?? '', { do: 'judge-closing', cycle: 2, verdict: 'sound' }, li),
    ).rejects.toMatchObject({ code: 'closing-unknown' })
  })

  it('rows are rebuilt from what happened, and go with the order', async () => {
    const { closings } = await orders.closings.list({ ...week, judged: 'yes' })
    const number = closings[0]?.number ?? ''
    const events = (await testLedger.events(database, 'orders', [number])).get(number) ?? []
    expect(reportedOrders(createCalendar(exampleCity)).rebuild(number, events)).toMatchObject({
      order_closings: [{ number, cycle: 1, unit: 'heating', verdict: 'lacking', judged_by: 'li' }],
    })
    await eraseByTwo(orders, number)
    expect((await orders.closings.figures({ days: 7 })).all.closed).toBe(2)
  })
})
