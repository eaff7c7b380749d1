import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { Fault } from '../../src/foundation/index.ts'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderActor } from '../../src/orders/api.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'
import { instructionBooks } from '../support/instruction-books.ts'
import { toldAtOnce, withPhones } from '../support/order-desk.ts'

let database: Database
let hotline: Hotline
let texts: string[]
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  texts = []
  hotline = await openHotline(database, {
    ruled: shipped => withPhones(toldAtOnce(shipped)),
    texts: { send: async ({ text }) => void texts.push(text) },
  })
})
afterEach(() => hotline.close())

const hourMs = 3_600_000
const seat = { role: 'seat', person: 's1' } as const
const boss = { role: 'supervisor', person: 'boss' } as const
const of = (unit: string): OrderActor => ({ role: 'unit', person: `${unit}-1`, unit })
const later = async (ms: number) => {
  await hotline.clock.advance(ms)
  await hotline.jobs.runDue()
}
const make = async (matter: string) => {
  const asked = {
    category: 'heating',
    urgency: 'general',
    street: '望京街道',
    place: '3号楼',
    anyway: true,
  } as const
  return (await hotline.orderDesk.make({ ...asked, matter }, seat)).order.number
}
const act = (number: string, command: OrderCommand, by: OrderActor) =>
  hotline.orderDesk.act(number, command, by)
const query = { show: 'open', limit: 100 } as const
const listed = async (more: object = {}, reader: OrderActor = boss) =>
  (await hotline.orders.supervising.instructions({ ...query, ...more }, reader)).instructions

it('silence rises at its exact time, through all levels, whoever sleeps; each level is told, and the list shows it', async () => {
  const number = await make('暖气不热，单位不接电话')
  await act(number, { do: 'instruct', level: 'street', words: '请说明' }, boss)
  const issuedAtMs = hotline.clock.now()
  await later(18 * hourMs)
  expect(new Set(texts.filter(text => text.includes('尚未答复'))).size).toBe(1)
  await later(6 * hourMs - 1)
  expect(await listed({ level: 'street' })).toMatchObject([{ number, light: 'yellow' }])
  await later(1)
  expect(await listed()).toMatchObject([
    { number, level: 'district', because: 'unanswered', issuedAtMs: issuedAtMs + 24 * hourMs },
  ])
  // Hour by hour, and two hours more: a job whose lease the leaping clock has ended is tried again in the next one.
  for (let hour = 0; hour < 50; hour++) await later(hourMs)
  expect(await listed({ level: 'city', light: 'red' })).toMatchObject([{ number, level: 'city' }])
  expect(await hotline.orders.supervising.counts(boss)).toMatchObject({ levels: { city: { red: 1 } } })
  expect(await listed({}, of('street'))).toEqual([])
  await act(number, { do: 'answer-instruction', words: '已恢复', pieces: [] }, of('heating'))
  expect(await listed({}, of('heating'))).toEqual([])
  expect((await listed({ show: 'done' })).map(({ level, outcome }) => [level, outcome])).toEqual([
    ['city', 'answered'],
    ['district', 'raised'],
    ['street', 'raised'],
  ])
  expect(texts.some(text => text.includes('市级督办'))).toBe(true)
})

it('a problem order stands in the list of problems until it is closed', async () => {
  const number = await make('同一处漏水，修了又漏')
  const lead = of('heating')
  await act(number, { do: 'sign' }, lead)
  for (const cycle of [1, 2, 3]) {
    await act(number, { do: 'close', result: 'solved', words: '已修', evidence: ['照片'] }, lead)
    await database.transaction(
      tx => hotline.orders.answered(tx, { order: number, cycle, contacted: 'yes', solved: 'no' }),
      60_000,
    )
  }
  expect(await listed({ show: 'problems' })).toMatchObject([{ number, because: 'redone', level: 'district' }])
  await act(number, { do: 'answer-instruction', words: '更换整段管道', pieces: [] }, lead)
  expect(await listed({ show: 'problems' })).toHaveLength(1)
  expect(await hotline.orders.supervising.counts(boss)).toMatchObject({ problems: 1 })
  await act(number, { do: 'close', result: 'solved', words: '已更换', evidence: ['照片'] }, lead)
  expect(await listed({ show: 'problems' })).toEqual([])
})

const units = ['heating', 'street', 'housing'] as const
const levels = ['street', 'district', 'city'] as const
const step = fc.oneof(
  fc.record({ do: fc.constant('instruct'), level: fc.constantFrom(...levels) }),
  fc.record({
    do: fc.constantFrom('answer', 'end', 'sign', 'close', 'return', 'uphold', 'refuse', 'ask-site', 'see'),
  }),
  fc.record({ do: fc.constant('appoint'), target: fc.constantFrom(...units) }),
  fc.record({ do: fc.constant('wait'), hours: fc.integer({ min: 1, max: 40 }) }),
)

it('whatever happens to orders, the list is what a second program makes of their events', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 10 }), async steps => {
      const number = await make('随便什么')
      for (const one of steps) await take(number, one)
      const books = await instructionBooks(database)
      const rows = await database.query(
        sql`select number, seq, level, because, unit, outcome, extract(epoch from done_at) * 1000 as "doneAtMs",
            extract(epoch from due_at) * 1000 as "dueAtMs" from order_instructions order by number, seq`,
        z.object({
          number: z.string(),
          seq: z.number(),
          level: z.string(),
          because: z.string(),
          unit: z.string(),
          outcome: z.string().nullable(),
          doneAtMs: z.coerce.number().nullable(),
          dueAtMs: z.coerce.number(),
        }),
      )
      expect(
        rows.map(one => ({
          ...one,
          doneAtMs: one.doneAtMs === null ? null : Math.round(one.doneAtMs),
          dueAtMs: Math.round(one.dueAtMs),
        })),
      ).toEqual(books)
    }),
    { numRuns: 5 },
  )
}, 120_000)

async function take(number: string, one: { readonly do: string } & Record<string, unknown>) {
  if (one.do === 'wait') return later(Number(one.hours) * hourMs)
  const { order } = await hotline.orderDesk.show(number, boss)
  const own = of(order.unit)
  const commands: Readonly<Record<string, readonly [OrderCommand, OrderActor]>> = {
    instruct: [{ do: 'instruct', level: one.level as 'street', words: '请说明' }, boss],
    answer: [{ do: 'answer-instruction', words: '在办', pieces: [] }, own],
    end: [{ do: 'end-instruction', words: '误发' }, boss],
    sign: [{ do: 'sign' }, own],
    close: [{ do: 'close', result: 'solved', words: '好', evidence: ['照片'] }, own],
    return: [
      {
        do: 'return',
        ground: 'not-our-duty',
        target: units.find(id => id !== order.unit) ?? 'street',
        words: '不归我们',
      },
      own,
    ],
    uphold: [{ do: 'decide-return', outcome: 'upheld', words: '是' }, boss],
    refuse: [{ do: 'decide-return', outcome: 'refused', words: '否' }, boss],
    'ask-site': [{ do: 'ask-site', words: '看' }, boss],
    see: [
      {
        do: 'check-site',
        visitedAtMs: hotline.clock.now(),
        visitors: '李工',
        verdict: 'unclear',
        words: '看过',
        pieces: [],
      },
      boss,
    ],
    appoint: [{ do: 'appoint', target: one.target as string, words: '由其办理' }, boss],
  }
  const [command, by] = commands[one.do] ?? []
  if (!command || !by) throw new Error(one.do)
  await act(number, command, by).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error
  })
}
