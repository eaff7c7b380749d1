import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { Fault } from '../../src/foundation/index.ts'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderActor } from '../../src/orders/api.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'
import { returnBooks } from '../support/return-books.ts'

let database: Database
let hotline: Hotline
let texts: string[]
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  texts = []
  hotline = await openHotline(database, { texts: { send: async ({ text }) => void texts.push(text) } })
})
afterEach(() => hotline.close())

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const zhao = { role: 'seat', person: 's1' } as const
const qian = { role: 'dispatcher', person: 'qian' } as const
const boss = { role: 'supervisor', person: 'boss' } as const
const of = (unit: string): OrderActor => ({ role: 'unit', person: `${unit}-1`, unit })
const act = (number: string, command: OrderCommand, by: OrderActor) =>
  hotline.orderDesk.act(number, command, by)
const later = async (ms: number) => {
  await hotline.clock.advance(ms)
  await hotline.jobs.runDue()
}
const returns = (target: string): OrderCommand => ({
  do: 'return',
  ground: 'not-our-duty',
  target,
  words: '不归我们',
})
const decides = (outcome: 'upheld' | 'refused' | 'site'): OrderCommand => ({
  do: 'decide-return',
  outcome,
  words: '已核对产权资料',
})

it('heating that a street denies: the centre says whose it is, and the citizen’s clock never notices', async () => {
  const { order } = await hotline.orderDesk.make(
    {
      category: 'heating',
      matter: '暖气三天不热，供热和街道都说不归他们',
      street: '望京街道',
      place: '幸福小区3号楼',
      caller: '13800138000',
    },
    zhao,
  )
  const { number, dueAtMs } = order
  await later(hourMs)
  await act(number, returns('street'), of('heating'))
  await later(hourMs)
  await act(number, decides('upheld'), qian)
  await later(hourMs)
  await act(number, returns('heating'), of('street'))
  // The centre has a clock, too: two hours, and it is warned of them.
  await later(2.5 * hourMs)
  const waiting = await hotline.orderDesk.show(number, boss)
  expect(waiting.order).toMatchObject({ unit: 'street', stage: 'waiting' })
  expect(waiting.clocks.find(({ name }) => name === 'review')?.lateMs).toBe(hourMs / 2)
  expect((await hotline.orders.list({ returned: 'true', limit: 20 }, qian)).lines).toHaveLength(1)
  await later(hourMs / 2)
  await act(number, decides('refused'), qian)
  await act(number, returns('heating'), of('street'))
  await later(hourMs)
  // That was the third: whoever has it now keeps it.
  await act(number, decides('refused'), boss)
  await expect(act(number, returns('heating'), of('street'))).rejects.toThrow(
    expect.objectContaining({ code: 'return-refused', expected: 'that unit handles it' }),
  )
  await act(number, { do: 'sign' }, of('street'))
  const { returns: ways } = await hotline.orders.returns.list({ days: 30, limit: 20 })
  expect(ways.map(({ way }) => way)).toEqual(Array(3).fill(['heating', 'street']))

  // The street leads to the end; who heats has a task of its own, and says nothing.
  await act(number, { do: 'grant', unit: 'heating', words: '请入户测温', hours: 4 }, of('street'))
  await act(number, { do: 'ask-citizen', words: '请问是几单元几层？' }, of('street'))
  await later(1000)
  const asked = texts.find(text => text.includes('/q/')) ?? ''
  expect(asked).toContain('办理时限不停')
  const token = /\/q\/(\S{22})/.exec(asked)?.[1] ?? ''
  expect(await hotline.orders.questions.open(token)).toMatchObject({
    state: 'open',
    words: '请问是几单元几层？',
    dueAtMs,
  })
  expect(await hotline.orders.questions.reply(token, '2单元5层')).toEqual({ state: 'taken' })
  expect(await hotline.orders.questions.reply(token, '3单元')).toEqual({ state: 'answered' })
  await expect(hotline.orders.questions.open(`${token.slice(0, -2)}AA`)).rejects.toThrow(
    expect.objectContaining({ code: 'question-unknown' }),
  )
  await later(4 * hourMs)
  expect((await hotline.orders.counts(of('street'))).silent).toBe(1)
  expect((await hotline.orders.counts(boss)).silent).toBe(1)
  await act(number, { do: 'support', person: '李工', phone: '01012345678' }, of('heating'))
  await act(number, { do: 'answer-help', words: '16度，阀门已修' }, of('heating'))
  expect((await hotline.orders.counts(of('street'))).silent).toBe(0)
  await act(
    number,
    { do: 'close', result: 'solved', words: '阀门已换', evidence: ['测温照片'] },
    of('street'),
  )
  const closed = await hotline.orderDesk.show(number, boss)
  expect(closed.clocks.find(({ name }) => name === 'handling')).toMatchObject({ dueAtMs, lateMs: 0 })
  expect(closed.tasks).toMatchObject([{ unit: 'heating', contact: { person: '李工' } }])

  const { all, pairs } = await hotline.orders.returns.figures({ days: 30 })
  expect(all).toMatchObject({ count: 3, decided: 3, upheld: 1 })
  expect(pairs).toMatchObject([
    { from: 'street', other: 'heating', count: 2, upheld: 0, lostMs: 5 * hourMs },
    { from: 'heating', other: 'street', count: 1, upheld: 1, lostMs: 2 * hourMs },
  ])
})

it('an illegal building between two bureaus is looked at on site, and goes to the one whose it is', async () => {
  const { order } = await hotline.orderDesk.make(
    {
      category: 'illegal-building',
      matter: '楼顶加建，执法说要规划认定',
      street: '望京街道',
      place: '幸福小区5号楼',
      caller: '13800138001',
    },
    zhao,
  )
  const { number, unit: first } = order
  await later(hourMs)
  await act(number, { ...returns('planning'), ground: 'needs-lead-department' } as OrderCommand, of(first))
  await act(number, decides('site'), qian)
  const looked = await hotline.orderDesk.show(number, boss)
  expect(looked.order.unit).toBe(first)
  expect(looked.order.reviewByMs).toBe(looked.clocks.find(({ name }) => name === 'site')?.dueAtMs)
  await later(6 * hourMs)
  await act(number, decides('upheld'), qian)
  await act(number, { do: 'sign' }, of('planning'))
  await act(number, { do: 'grant', unit: first, words: '请到场制止施工' }, of('planning'))
  const { returns: ways } = await hotline.orders.returns.list({ days: 30, unit: 'planning', limit: 1 })
  expect(ways).toMatchObject([{ number, way: [first, 'planning'], outcome: 'upheld', lostMs: 7 * hourMs }])
  // The first that signed leads to the end: it cannot send it back.
  await expect(act(number, returns(first), of('planning'))).rejects.toThrow(
    expect.objectContaining({ code: 'return-refused' }),
  )
})

it('an order that nobody signs is an alarm of its unit, until somebody does', async () => {
  const before = await hotline.orders.health()
  const { order } = await hotline.orderDesk.make(
    { category: 'heating', matter: '停暖', street: '望京街道', place: '1号楼', caller: '13800138002' },
    zhao,
  )
  await later(dayMs + 1000)
  expect(await hotline.orders.health()).toEqual([
    ...before,
    { part: 'signing heating', needed: false, up: false, reason: '1 orders past a limit, not signed' },
  ])
  await act(order.number, { do: 'sign' }, of('heating'))
  expect(await hotline.orders.health()).toEqual(before)
})

it('hours lost by pair of units are what a second program finds in all that happened', async () => {
  const units = ['heating', 'street', 'city-management'] as const
  const step = fc.record({
    what: fc.constantFrom('return', 'return', 'return', 'upheld', 'refused', 'site', 'sign', 'appoint'),
    target: fc.constantFrom(...units),
    pauseMs: fc.integer({ min: 0, max: 3 * hourMs }),
  })
  let caller = 13_900_000_000
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async steps => {
      const { order } = await hotline.orderDesk.make(
        { category: 'heating', matter: '不热', street: '望京街道', place: '1号楼', caller: `${caller++}` },
        zhao,
      )
      const first = { what: 'return', target: 'street', pauseMs: hourMs } as const
      for (const { what, target, pauseMs } of [first, ...steps]) {
        await hotline.clock.advance(pauseMs)
        const { unit } = (await hotline.orderDesk.show(order.number, boss)).order
        const [command, by]: readonly [OrderCommand, OrderActor] =
          what === 'return'
            ? [returns(target), of(unit)]
            : what === 'sign'
              ? [{ do: 'sign' }, of(unit)]
              : what === 'appoint'
                ? [{ do: 'appoint', target, words: '指定' }, boss]
                : [decides(what), qian]
        await act(order.number, command, by).catch((error: unknown) => {
          if (!(error instanceof Fault)) throw error
        })
      }
    }),
    { numRuns: 8 },
  )
  const { pairs, all } = await hotline.orders.returns.figures({ days: 366 })
  const books = await returnBooks(database, hotline.clock.now())
  expect(pairs.map(({ decided: _, ...pair }) => pair)).toEqual(books)
  expect(all.lostMs).toBe(books.reduce((sum, { lostMs }) => sum + lostMs, 0))
  expect(all.count).toBeGreaterThan(6)
})
