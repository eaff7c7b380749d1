import { afterAll, beforeAll, expect, it } from 'vitest'
import { centre } from '../../src/orders/api.ts'
import type { RuleSubjectName } from '../../src/rulebook/api.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
const texts: string[] = []
beforeAll(async () => {
  database = await openTables()
  hotline = await openHotline(database, { texts: { send: async ({ text }) => void texts.push(text) } })
})
afterAll(async () => {
  await hotline?.close()
  await database?.close()
})

const zhao = { role: 'seat', person: 's1' } as const
const qian = { role: 'dispatcher', person: 'qian' } as const
const boss = { role: 'supervisor', person: 'boss' } as const
const where = {
  district: '朝阳区',
  street: '望京街道',
  place: '3号楼',
  urgency: 'livelihood',
  anyway: true,
} as const
const dry = '家里停水了，打开水龙头一滴水都没有，从昨天晚上就这样了'

/** Written by one, published by another. */
async function publish(subject: RuleSubjectName, change: (document: ReturnType<typeof JSON.parse>) => void) {
  const { revision, text } = await hotline.rulebook.draft(subject)
  const document = JSON.parse(text)
  change(document)
  const draft = await hotline.rulebook.edit(subject, { revision, text: JSON.stringify(document) }, 'qian')
  expect(draft.faults).toEqual([])
  await expect(
    subject === 'dispatch'
      ? hotline.rulebook.publish(subject, { revision: draft.revision, note: '一个人' }, 'qian')
      : Promise.reject(new Error('one may')),
  ).rejects.toThrow()
  return hotline.rulebook.publish(subject, { revision: draft.revision, note: '试' }, 'boss')
}
const make = async (matter: string) => {
  const { order } = await hotline.orderDesk.make({ ...where, matter, caller: '13800138000' }, zhao)
  await hotline.jobs.runDue()
  return hotline.orderDesk.show(order.number, boss)
}

it('waits while nothing is switched on, and goes by itself, marked and told, once two have published that', async () => {
  const before = await make(dry)
  expect(before.order).toMatchObject({ stage: 'undispatched', unit: centre })

  await publish('dispatch', document => {
    document.automatic = { kinds: { '0101': 0.05 }, share: 1 }
  })
  const { order, events, may } = await make(dry)
  expect(order).toMatchObject({ stage: 'waiting', unit: 'water', byRule: 'open' })
  expect(events.map(({ kind, by }) => [kind, by.role])).toEqual([
    ['made', 'seat'],
    // The one before, which waits for a dispatcher, tells the same.
    ['likened', 'seat'],
    ['dispatched', 'house'],
  ])
  expect(may).not.toContain('dispatch')
  const toLook = await hotline.orders.list({ toLook: 'true', limit: 20 }, qian)
  expect(toLook.lines.map(({ number }) => number)).toEqual([order.number])

  // The dispatcher who looks sees that it is another's, and takes it back.
  const back = await hotline.orderDesk.act(order.number, { do: 'take-back' }, qian)
  expect(back.order).toMatchObject({ stage: 'undispatched', byRule: 'reversed' })
  await hotline.jobs.runDue()
  expect((await hotline.orderDesk.show(order.number, boss)).order.stage).toBe('undispatched')
  const right = await make(dry)
  await hotline.orderDesk.act(right.order.number, { do: 'look' }, qian)
  const { kinds } = await hotline.orders.dispatching.byRule(30)
  expect(kinds).toEqual([
    expect.objectContaining({ went: 2, reversed: 1, sampled: 2, looked: 2, right: 1, asked: 0 }),
  ])
})

it('is looked at by a person where its citizen asks for that by the link of their text, once', async () => {
  const { order } = await make(dry)
  await hotline.jobs.runDue()
  const text = texts.findLast(one => one.includes('自动派单')) ?? ''
  expect(text).toContain(order.number)
  const token = /\/q\/(\S{22})/.exec(text)?.[1] ?? ''
  const { questions } = hotline.orders
  expect(await questions.open(token)).toMatchObject({ state: 'ruled', number: order.number })
  expect(await questions.reply(token, '不对')).toEqual({ state: 'over' })
  expect(await questions.askPerson(token, '这是热水，不归自来水管')).toEqual({ state: 'person-asked' })
  expect(await questions.askPerson(token, '再问')).toEqual({ state: 'person-asked' })
  const asked = await hotline.orderDesk.show(order.number, boss)
  expect(asked.order).toMatchObject({ byRule: 'open', personAsked: true })
  expect(asked.events.at(-1)).toMatchObject({ kind: 'person-asked', by: { role: 'house' } })
  const { lines } = await hotline.orders.list({ toLook: 'true', limit: 20 }, qian)
  expect(lines.map(({ number }) => number)).toContain(order.number)
  await hotline.orderDesk.act(order.number, { do: 'look' }, qian)
  expect(await questions.open(token)).toEqual({ state: 'person-looked' })
})

it('waits for a person where the citizen wants one', async () => {
  const { order } = await hotline.orderDesk.make({ ...where, matter: dry, caller: '13800138001' }, zhao)
  await hotline.orderDesk.act(order.number, { do: 'ask-person' }, zhao)
  await hotline.jobs.runDue()
  expect((await hotline.orderDesk.show(order.number, boss)).order).toMatchObject({
    stage: 'undispatched',
    personAsked: true,
  })
})

it('is tried before it is switched on: what would go elsewhere, and one goes back alone', async () => {
  const drafting = hotline.orders.dispatching.drafting(hotline.rulebook)
  const { revision } = await hotline.rulebook.draft('dispatch')
  const table = '事项代码,区,街道,主办单位,协办单位,抄送,起,止\n,,,水务局,排水集团,,,\n'
  const data = Buffer.from(table).toString('base64')
  const brought = await drafting.import({ revision, name: '目录.csv', data }, 'qian')
  expect(brought.rows).toBe(1)
  const trial = await drafting.trial(30, undefined)
  // Those that had a kind: three of water, one of which was taken back.
  expect([trial.tried, trial.elsewhere]).toEqual([3, 3])
  expect(trial.orders.map(({ from, to }) => [from, to])).toEqual(
    Array.from({ length: 3 }, () => ['自来水集团', '水务局']),
  )
  await hotline.rulebook.publish('dispatch', { revision: brought.revision, note: '统一' }, 'boss')
  const after = await make(dry)
  expect(after.order).toMatchObject({ unit: 'water-bureau', byRule: 'open' })
  expect(
    (await hotline.orders.list({ helping: 'true', unit: 'drainage', limit: 20 }, boss)).lines,
  ).toHaveLength(1)
  await hotline.rulebook.use('dispatch', 1, undefined, 'qian')
  expect((await make(dry)).order).toMatchObject({ stage: 'undispatched' })
})

it('goes to the successor of its unit once that is dissolved, with its history', async () => {
  const { lines } = await hotline.orders.list({ unit: 'water-bureau', limit: 20 }, boss)
  expect(lines).toHaveLength(1)
  const number = lines[0]?.number ?? ''
  const { clocks } = await hotline.orderDesk.show(number, boss)
  await publish('units', document => {
    document.units.find(({ id }: { id: string }) => id === 'water-bureau').successor = 'drainage'
  })
  await hotline.clock.advance(61_000)
  await expect.poll(async () => (await hotline.orderDesk.show(number, boss)).order.unit).toBe('drainage')
  const moved = await hotline.orderDesk.show(number, boss)
  const starts = (all: typeof clocks) =>
    all.map(({ name, startedAtMs, dueAtMs }) => [name, startedAtMs, dueAtMs])
  expect(starts(moved.clocks)).toEqual(starts(clocks))
  expect(moved.events.map(({ kind }) => kind)).toEqual(['made', 'likened', 'dispatched', 'succeeded'])
})
