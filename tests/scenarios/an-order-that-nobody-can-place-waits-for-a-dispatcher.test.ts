import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { centre } from '../../src/orders/api.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database)
})
afterEach(() => hotline.close())

const minuteMs = 60_000
const zhao = { role: 'seat', person: 's1' } as const
const qian = { role: 'dispatcher', person: 'qian' } as const
const sun = { role: 'dispatcher', person: 'sun' } as const
const boss = { role: 'supervisor', person: 'boss' } as const
const gas = { role: 'unit', person: '李工', unit: 'gas' } as const
const where = {
  district: '朝阳区',
  street: '望京街道',
  place: '幸福小区3号楼',
  caller: '13800138000',
} as const

const catalogue = await shippedCatalogue()
const kindNamed = (name: string) => {
  const kind = [...catalogue.kinds.values()].find(one => `${one.object}·${one.name}` === name)
  if (!kind) throw new Error(`${name} is in no catalogue`)
  return kind.code
}
const suggestedFor = (number: string) =>
  hotline.orders.dispatching.units(number, hotline.drafts.kinds.suggest, qian)

it('a smell of gas at night, which the agent knows, goes to its unit at once and waits for nobody', async () => {
  const { order, clocks } = await hotline.orderDesk.make(
    { ...where, kind: kindNamed('燃气泄漏·楼道或庭院泄漏'), matter: '楼道里煤气味很大，报警器在响' },
    zhao,
  )
  expect(order).toMatchObject({ stage: 'waiting', urgency: 'urgent', unit: 'gas' })
  expect(clocks.map(({ name }) => name)).not.toContain('dispatch')
  await hotline.orderDesk.act(order.number, { do: 'sign' }, gas)
})

it('one that the agent cannot place waits, warns, and is dispatched, as late for the citizen as it was', async () => {
  const { order } = await hotline.orderDesk.make(
    { ...where, urgency: 'livelihood', matter: '家里煤气灶打不着火，不知道归谁管' },
    zhao,
  )
  expect(order).toMatchObject({ stage: 'undispatched', unit: centre, category: '', light: 'green' })
  const { because, suggested } = await suggestedFor(order.number)
  expect(because).toBe('kind-open')
  expect(suggested.length).toBeGreaterThan(0)
  expect(suggested.map(({ unit }) => unit)).toContain('gas')
  expect(suggested[0]?.row.length).toBeGreaterThan(0)

  // Three quarters of its two hours are over, and nobody has looked.
  await hotline.clock.advance(91 * minuteMs)
  await hotline.jobs.runDue()
  const late = await hotline.orderDesk.show(order.number, boss)
  expect(late.order.light).toBe('yellow')
  expect(late.events.filter(({ kind, data }) => kind === 'warned' && data.clock === 'dispatch')).toHaveLength(
    2,
  )
  expect((await hotline.orders.counts(boss)).undispatched).toBe(1)

  const own = suggested.find(({ unit }) => unit === 'gas')
  const sent = await hotline.orderDesk.act(
    order.number,
    { do: 'dispatch', unit: 'gas', kind: own?.kind },
    qian,
  )
  expect(sent.order).toMatchObject({
    stage: 'waiting',
    unit: 'gas',
    kind: own?.kind,
    category: own?.category,
  })
  const handling = (all: typeof sent.clocks) => all.find(({ name }) => name === 'handling')
  expect(handling(sent.clocks)).toEqual(handling(late.clocks))
  expect(sent.clocks.find(({ name }) => name === 'dispatch')).toMatchObject({ lateMs: 0 })
  expect((await hotline.orders.counts(boss)).undispatched).toBe(0)
  // By the name of its kind it is found now.
  const found = await hotline.orders.list(
    { words: sent.order.kindName?.split('·')[0] ?? '', limit: 20 },
    boss,
  )
  expect(found.lines.map(({ number }) => number)).toContain(order.number)

  // Another had it open, too.
  await expect(
    hotline.orderDesk.act(order.number, { do: 'dispatch', unit: 'street', kind: own?.kind }, sun),
  ).rejects.toThrow(expect.objectContaining({ code: 'dispatched-already' }))
  await expect(suggestedFor(order.number)).rejects.toThrow(
    expect.objectContaining({ code: 'dispatched-already' }),
  )
  await hotline.orderDesk.act(order.number, { do: 'sign' }, gas)
})

it('an agent who knows the kind and doubts the unit leaves it to a dispatcher, who is shown that kind first', async () => {
  const kind = kindNamed('居民供水·停水')
  const { order } = await hotline.orderDesk.make(
    { ...where, caller: '13800138001', kind, undecided: true, matter: '自备井停水，自来水公司说不归他们' },
    zhao,
  )
  expect(order).toMatchObject({ stage: 'undispatched', kind })
  const { because, suggested } = await suggestedFor(order.number)
  expect(because).toBe('unconfirmed')
  expect(suggested[0]).toMatchObject({ because: 'agent', kind })
})

it('says how urgent it is or is refused: by that its limits go', async () => {
  await expect(
    hotline.orderDesk.make({ ...where, caller: '13800138002', matter: '说不清' }, zhao),
  ).rejects.toThrow(expect.objectContaining({ code: 'urgency-missing', place: 'body.urgency' }))
})
