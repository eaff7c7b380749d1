/** Points that units lose, over the room of orders: found as it happens, taken by two persons, looked at again once. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callerMigrations, ordinaryCaller } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, type ManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Jobs, openJobs } from '../../src/jobs/index.ts'
import { audit, ledgerMigrations } from '../../src/ledger/index.ts'
import { type Orders, openOrders, orderMigrations, orderQueues } from '../../src/orders/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { createDeductions, type Deductions } from '../../src/supervision/deductions/deductions.ts'
import { reportedDeductions, supervisionBrings } from '../../src/supervision/index.ts'
import { ordinaryScores } from '../../src/supervision/rules.ts'
import { coldRadiators, dayMs, hourMs, seat, shippedRules, supervisor, unit } from '../orders/rules-house.ts'
import { testKeys, testLedger } from '../support/ledger.ts'
import { eraseByTwo } from '../support/order-desk.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const heating = unit('heating')
const words = '已核实'
let database: Database
let clock: ManualClock
let jobs: Jobs
let orders: Orders
let deductions: Deductions

beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, [
    ...callerMigrations,
    ...ledgerMigrations,
    ...orderMigrations,
    ...supervisionBrings.tables,
  ])
  clock = createManualClock()
  jobs = openJobs({ database, queues: orderQueues, clock, log: silentLog, pollMs: 365 * dayMs })
  await jobs.prepare()
  const rules = await shippedRules()
  orders = openOrders({
    ledger: testLedger,
    database,
    jobs,
    rules,
    clock,
    city: exampleCity,
    catalogue: await shippedCatalogue(),
    log: silentLog,
    callers: { find: async () => ordinaryCaller },
    calls: { find: async () => undefined, hasRung: async () => true },
    dataDir: join(tmpdir(), 'jieting-no-evidence'),
    send: async () => undefined,
  })
  deductions = createDeductions({
    database,
    ledger: testLedger,
    rules: ordinaryScores,
    units: rules.units,
    clock,
  })
  orders.follow({ happened: deductions.happened, erased: deductions.forget })
  jobs.run(orders.handlers)
}, 60_000)
afterAll(async () => {
  await jobs?.close()
  await orders?.close()
  await database?.close()
})

const make = async () =>
  (
    await orders.make(
      { ...coldRadiators, contact: { mode: 'voice', number: coldRadiators.caller }, anyway: true },
      seat,
    )
  ).order.number
const ofOrder = async (order: string) =>
  (await deductions.list({}, undefined)).filter(one => one.order === order)
/** The unit says that it is done, and the citizen says what they say. */
async function closes(order: string, answer: { contacted?: 'yes' | 'no'; solved?: 'yes' | 'no' }) {
  await orders.act(order, { do: 'sign' }, heating)
  await orders.act(order, { do: 'close', result: 'solved', words, evidence: ['照片'] }, heating)
  await database.transaction(tx => orders.answered(tx, { order, cycle: 1, ...answer }))
}

it('proposes what a false closing costs in the moment in which the citizen says so, and takes it with two', async () => {
  const order = await make()
  await closes(order, { contacted: 'yes', solved: 'no' })
  const [one] = await ofOrder(order)
  expect(one).toMatchObject({
    unit: 'heating',
    reason: 'false-close',
    points: 5,
    notice: 'city',
    state: 'proposed',
    proposedBy: 'jieting',
  })
  const id = one?.id ?? ''
  const period = { fromMs: clock.now() - dayMs, untilMs: clock.now() + dayMs }
  expect(await deductions.list({}, 'heating')).toEqual([])

  await deductions.decide(id, { agreed: true, words }, 'li')
  await expect(deductions.decide(id, { agreed: true, words }, 'li')).rejects.toMatchObject({
    code: 'deduction-alone',
  })
  expect((await deductions.pointsIn(period)).get('heating')).toBeUndefined()
  await deductions.decide(id, { agreed: true, words }, 'zhao')
  expect((await deductions.pointsIn(period)).get('heating')).toBe(5)

  // The unit sees it now, and appeals once; another unit knows of none.
  expect(await deductions.list({}, 'gas')).toEqual([])
  await expect(deductions.appeal(id, words, { name: 'gas-wang', unit: 'gas' })).rejects.toMatchObject({
    code: 'deduction-unknown',
  })
  await deductions.appeal(id, '当天已上门', { name: 'wang', unit: 'heating' })
  await expect(deductions.appeal(id, words, { name: 'wang', unit: 'heating' })).rejects.toMatchObject({
    code: 'deduction-decided',
  })
  for (const by of ['li', 'zhao'])
    await expect(deductions.decide(id, { agreed: true, words }, by)).rejects.toMatchObject({
      code: 'deduction-alone',
    })
  await deductions.decide(id, { agreed: true, words }, 'qian')
  expect((await deductions.list({}, 'heating'))[0]).toMatchObject({ state: 'lifted', closedBy: 'qian' })
  expect((await deductions.pointsIn(period)).get('heating')).toBeUndefined()
  await expect(deductions.decide(id, { agreed: false, words }, 'sun')).rejects.toMatchObject({
    code: 'deduction-decided',
  })
})

it('finds nothing where the citizen is content, or the unit had said that it is not solved', async () => {
  const order = await make()
  await closes(order, { contacted: 'yes', solved: 'yes' })
  const explained = await make()
  await orders.act(explained, { do: 'sign' }, heating)
  await orders.act(explained, { do: 'close', result: 'explained', words, evidence: ['照片'] }, heating)
  await database.transaction(tx => orders.answered(tx, { order: explained, cycle: 1, solved: 'no' }))
  expect(await ofOrder(order)).toEqual([])
  expect(await ofOrder(explained)).toEqual([])
})

it('proposes a point for each full period that is over, and ends with one who does not agree', async () => {
  const order = await make()
  await orders.act(order, { do: 'sign' }, heating)
  const startedMs = clock.now()
  for (let hours = 0; hours < 60; hours += 2) {
    await clock.advance(2 * hourMs)
    await jobs.runDue()
  }
  const found = (await ofOrder(order)).toReversed()
  expect(found.map(({ reason, points }) => [reason, points])).toEqual([
    ['overdue', 1],
    ['overdue', 1],
  ])
  // Livelihood has a day from the ring.
  expect(found.map(({ factAtMs }) => (factAtMs - startedMs) / hourMs)).toEqual([24, 48])
  await deductions.decide(found[0]?.id ?? '', { agreed: false, words: '停暖是气源中断' }, 'li')
  expect((await ofOrder(order)).map(({ state }) => state).toSorted()).toEqual(['proposed', 'refused'])
})

it('takes no point from anybody for what waits at the centre to be dispatched', async () => {
  const { order } = await orders.make(
    {
      ...coldRadiators,
      category: undefined,
      urgency: 'livelihood',
      caller: '',
      contact: { mode: 'none' },
    },
    seat,
  )
  expect(order.stage).toBe('undispatched')
  for (let hours = 0; hours < 30; hours += 2) {
    await clock.advance(2 * hourMs)
    await jobs.runDue()
  }
  expect((await orders.show(order.number, supervisor)).order.warned).toContain('handling 100')
  expect(await ofOrder(order.number)).toEqual([])
})

it('lists what waits for a decision first, whatever came after it', async () => {
  const states = (await deductions.list({}, undefined)).map(({ state }) => state)
  const waits = states.map(state => ['proposed', 'seconded', 'appealed'].includes(state))
  expect(waits).toEqual(waits.toSorted((one, other) => Number(other) - Number(one)))
  expect(new Set(waits).size).toBe(2)
  const asked = await deductions.list({ state: 'proposed' }, 'heating')
  expect(asked).toEqual([])
})

it('finds who pushes away by the second return that the centre refuses, and no sooner', async () => {
  const order = await make()
  for (const expected of [0, 1]) {
    await orders.act(order, { do: 'return', ground: 'not-our-duty', target: 'housing', words }, heating)
    await orders.act(order, { do: 'decide-return', outcome: 'refused', words }, supervisor)
    expect((await ofOrder(order)).filter(({ reason }) => reason === 'push-away')).toHaveLength(expected)
  }
})

it('counts who proposes it as the first, keeps no words of an erased order, and stands an audit', async () => {
  const order = await make()
  await expect(
    deductions.propose({ order, unit: 'nobody', reason: 'rude', words: '电话里辱骂' }, 'li'),
  ).rejects.toMatchObject({ code: 'deduction-unit' })
  await deductions.propose({ order, unit: 'heating', reason: 'rude', words: '电话里辱骂' }, 'li')
  const [one] = await ofOrder(order)
  expect(one).toMatchObject({ state: 'seconded', firstBy: 'li', words: '电话里辱骂', points: 2 })
  await closes(order, { contacted: 'yes', solved: 'yes' })
  await eraseByTwo(orders, order)
  expect((await ofOrder(order))[0]).toMatchObject({ state: 'seconded', words: '' })

  const check = () => audit(database, { keys: testKeys, reported: [reportedDeductions] })
  expect((await check()).breaks).toEqual([])
  await database.execute(sql`update deductions set points = 0 where order_number = ${order}`)
  expect((await check()).breaks).toMatchObject([{ table: 'deductions', column: 'points' }])
})
