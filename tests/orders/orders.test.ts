/** Orders as they are kept: on PGlite and on PostgreSQL. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callerMigrations, ordinaryCaller } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { ledgerMigrations } from '../../src/ledger/index.ts'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import {
  type ClosedOrder,
  lightAt,
  openOrders,
  orderMigrations,
  orderQueues,
} from '../../src/orders/index.ts'
import type { OrderQuery } from '../../src/orders/listing/api.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { pairsAnew } from '../../src/orders/word-store.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { testLedger } from '../support/ledger.ts'
import { eraseByTwo, toldAtOnce, withPhones } from '../support/order-desk.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import {
  dayMs,
  coldRadiators as demanded,
  hourMs,
  seat,
  shippedRules,
  supervisor,
  unit,
} from './rules-house.ts'

const shared = { clock: systemClock, log: silentLog }
let server: PostgresServer | undefined
const engines = [
  { name: 'PGlite', skip: false, open: () => openDatabase(shared) },
  {
    name: 'PostgreSQL',
    skip: lacksPostgres,
    async open() {
      server = await startPostgres()
      return openDatabase({ url: server.url, ...shared })
    },
  },
]

/** With people to tell, at once. */
const rules = withPhones(toldAtOnce(await shippedRules()))
const heating = unit('heating')
/** As a seat writes it down: the number has rung us. */
const coldRadiators: NewOrderRequest = { ...demanded, contact: { mode: 'voice', number: demanded.caller } }
/** Never rang us, and nobody made sure whose it is. */
const strange = '+8613900139009'
const close: OrderCommand = { do: 'close', result: 'solved', words: '已修好', evidence: ['照片'] }

const catalogue = await shippedCatalogue()

describe.each(engines)('orders on $name', ({ skip, open }) => {
  let database: Database
  const closers: (() => Promise<void>)[] = []

  beforeAll(async () => {
    if (skip) return
    database = await open()
    await migrate(database, [...callerMigrations, ...ledgerMigrations, ...orderMigrations])
    await openJobs({ database, queues: orderQueues, ...shared }).prepare()
  })
  afterEach(async () => {
    for (const shut of closers.splice(0)) await shut()
    await database?.execute(
      sql`truncate orders, order_words, ledger_events, ledger_links, ledger_heads, order_days`,
    )
    await database?.execute(sql`delete from pgboss.job`)
  })
  afterAll(async () => {
    await database?.close()
    await server?.remove()
  })

  function office({ owes = async () => undefined }: { owes?: (closed: ClosedOrder) => Promise<void> } = {}) {
    const clock = createManualClock()
    // Jobs are done when a test says so: one in hand while the clock goes on for hours would be taken for lost.
    const jobs = openJobs({ database, queues: orderQueues, clock, log: silentLog, pollMs: 365 * dayMs })
    const texts: { readonly to: string; readonly text: string }[] = []
    const orders = openOrders({
      ledger: testLedger,
      database,
      jobs,
      rules,
      clock,
      city: exampleCity,
      catalogue,
      log: silentLog,
      callers: { find: async () => ordinaryCaller },
      calls: { find: async () => undefined, hasRung: async number => number !== strange },
      dataDir: join(tmpdir(), 'jieting-no-evidence'),
      send: async text => void texts.push(text),
    })
    orders.follow({ closed: (_, closed) => owes(closed), erased: async () => undefined })
    jobs.run(orders.handlers)
    closers.push(jobs.close, orders.close)
    return {
      clock,
      orders,
      texts,
      /** Texts since the last look, after `ms` more. */
      async told(ms: number) {
        await clock.advance(ms)
        await jobs.runDue()
        // What the citizen is told is looked at by itself.
        return texts
          .splice(0)
          .filter(({ text }) => !text.includes('工单号'))
          .map(({ to, text }) => `${to} ${text}`)
      },
    }
  }

  it.skipIf(skip)(
    'are found by words that stand in them, by units among their own, and by nobody once they are erased',
    async () => {
      const { orders } = office()
      const make = async (matter: string, place = '幸福小区3号楼') =>
        (await orders.make({ ...coldRadiators, caller: '', contact: { mode: 'none' }, matter, place }, seat))
          .order.number
      const lift = await make('电梯停了三天，ＡＰＰ报修没人理，物业 138 0013-8000 不接')
      const late = await make('暖气不热，电梯也停', '安贞里')
      const find = async (words: string, reader: typeof seat = supervisor, limit = 20) =>
        (await orders.list({ words, limit }, reader)).lines.map(({ number }) => number)
      expect(await find('电梯')).toEqual([late, lift])
      expect(await find('电梯', supervisor, 1)).toEqual([late])
      expect(await find('电梯停')).toEqual([lift])
      expect(await find('停了 幸福小区')).toEqual([lift])
      expect([await find('app'), await find('安贞里')]).toEqual([[lift], [late]])
      expect(await find('停电')).toEqual([])
      const guessed = async () =>
        (await Promise.all(['13', '38', '80', '8000'].map(digits => find(digits)))).flat()
      expect(await guessed(), 'a number that units see masked').toEqual([])
      expect([await find('电梯', heating), await find('电梯', unit('water'))]).toEqual([[late, lift], []])
      await expect(find('电')).rejects.toMatchObject({ code: 'words-short' })
      // By the page, by the street, and by what its kind is called.
      const { next } = await orders.list({ words: '电梯', limit: 1 }, supervisor)
      expect((await orders.list({ words: '电梯', limit: 1, after: next }, supervisor)).lines).toMatchObject([
        { number: lift },
      ])
      const cut = { kind: '01010101', district: '朝阳区', anyway: true, contact: { mode: 'none' } } as const
      const named = (await orders.make({ ...coldRadiators, ...cut, caller: '', matter: '没有水' }, seat))
        .order
      const named_ = [await find('居民供水'), await find('停水 朝阳'), await find('停水 海淀')]
      expect(named_).toEqual([[named.number], [named.number], []])
      await orders.act(
        named.number,
        { do: 'reclassify', category: 'water-supply', words: '不是' },
        supervisor,
      )
      expect(await find('居民供水'), 'it was something else').toEqual([])
      // As an upgrade does it, for those that were there before.
      await database.execute(sql`truncate order_words`)
      expect(await find('电梯')).toEqual([])
      await database.execute(sql`update orders set kind = '01010101' where number = ${late}`)
      await database.execute(sql.raw(pairsAnew))
      expect([await find('电梯停'), await find('app')]).toEqual([[lift], [lift]])
      expect([await find('居民供水'), await find('望京街道 没有水')]).toEqual([[late], [named.number]])
      expect(await guessed()).toEqual([])
      await orders.act(lift, { do: 'sign' }, heating)
      await orders.act(lift, close, heating)
      await eraseByTwo(orders, lift)
      expect(await find('电梯')).toEqual([late])
      expect(
        await database.query(sql`select number from order_words`, z.object({ number: z.string() })),
      ).toEqual([{ number: named.number }, { number: late }])
    },
  )

  it.skipIf(skip)(
    'that run in a street are told to whoever writes down the same thing once more',
    async () => {
      const { orders } = office()
      const make = async (matter: string, street = '望京街道') =>
        (await orders.make({ ...coldRadiators, caller: '', contact: { mode: 'none' }, matter, street }, seat))
          .order.number
      const pipe = await make('望京花园门口水管爆了，水流到马路上')
      const far = await make('望京花园门口水管爆了，水流到马路上', '酒仙桥街道')
      const lamp = await make('路灯不亮')
      const near = async (matter: string, kind?: string) =>
        (await orders.near({ street: '望京街道', matter, kind })).lines.map(({ number }) => number)
      expect(await near('望京花园门口的水管爆了，水都流到马路上了')).toEqual([pipe])
      expect(await near('有人占道经营')).toEqual([])
      const there = await orders.near({ street: '酒仙桥街道', matter: '水管爆了，水流到马路上' })
      expect(there.lines).toMatchObject([{ number: far }])
      // Of the caller's own it is told wherever they are, and only of those that are named.
      const own = async (...own: string[]) =>
        (await orders.near({ matter: '望京花园门口的水管爆了，水流到马路上', own })).own
      expect(await own(lamp, pipe)).toEqual([pipe])
      expect(await own(lamp)).toEqual([])
      await orders.act(pipe, { do: 'sign' }, heating)
      await orders.act(pipe, close, heating)
      expect(await near('望京花园门口的水管爆了，水都流到马路上了')).toEqual([])
      expect(await near('路灯不亮')).toEqual([lamp])
      expect(await own(lamp, pipe), 'it is closed').toEqual([])
    },
  )

  it.skipIf(skip)('are numbered by the day, each number once, also when many are made at once', async () => {
    const { orders, clock } = office()
    const made = await Promise.all(
      Array.from({ length: 20 }, () => orders.make({ ...coldRadiators, caller: '' }, seat)),
    )
    const numbers = made.map(({ order }) => order.number).toSorted()
    expect(new Set(numbers).size).toBe(20)
    expect(numbers[0]).toMatch(/^260105000001\d$/)
    expect(numbers[19]).toMatch(/^260105000020\d$/)
    // 16:00 UTC is the next day in Beijing.
    await clock.advance(14 * hourMs)
    expect((await orders.make({ ...coldRadiators, caller: '' }, seat)).order.number).toMatch(
      /^260106000001\d$/,
    )
  })

  it.skipIf(skip)('are what happened to them, in order, and are shown by their number', async () => {
    const { orders, clock } = office()
    const { number } = (await orders.make(coldRadiators, seat)).order
    await clock.advance(hourMs)
    await orders.act(number, { do: 'sign' }, heating)
    const { order, events } = await orders.show(number, supervisor)
    expect(order).toMatchObject({
      stage: 'handling',
      lead: 'heating',
      matter: '暖气不热',
      contact: coldRadiators.contact,
    })
    expect(events.map(({ seq, kind, by, atMs }) => [seq, kind, by, atMs])).toEqual([
      [1, 'made', seat, clock.now() - hourMs],
      [2, 'signed', heating, clock.now()],
    ])
    expect(await orders.statusOf(number)).toBe('handling')
    const mistyped = `${number.slice(0, 12)}${(Number(number[12]) + 1) % 10}`
    expect(await orders.statusOf(mistyped)).toBeUndefined()
    await expect(orders.show(orderNumberOf('2026-01-05', 77), supervisor)).rejects.toMatchObject({
      code: 'order-unknown',
    })
  })

  it.skipIf(skip)('tell the handler and three levels of supervision as the time is used up', async () => {
    const { orders, told } = office()
    const { number } = (await orders.make(coldRadiators, seat)).order
    const about = `工单${number.replace(/(\d{6})(?=\d)/g, '$1 ')}（暖气不热、停暖）`
    const [phone, boss] = [rules.units.get('heating')?.phones[0], rules.units.get('heating')?.supervisors[0]]
    expect(await told(0)).toEqual([
      `${phone} 【12345】${about}已派至贵单位，请及时签收，1月6日 10:00前办结。`,
    ])
    await orders.act(number, { do: 'sign' }, heating)
    expect(await told(12 * hourMs - 1)).toEqual([])
    expect(await told(1)).toEqual([`${phone} 【12345】提醒：${about}时限已用50%，1月6日 10:00前办结。`])
    expect(await told(6 * hourMs)).toEqual([
      `${phone} 【12345】黄灯：${about}时限已用75%，请抓紧办理，1月6日 10:00前办结。`,
    ])
    const red = `【12345】红灯：${about}已超时限，街道级督办。`
    expect((await told(6 * hourMs)).toSorted()).toEqual([`${boss} ${red}`, `${phone} ${red}`].toSorted())
    expect(await told(12 * hourMs)).toHaveLength(3)
    expect(await told(12 * hourMs)).toHaveLength(4)
    expect(await told(90 * dayMs)).toEqual([])
    const { events } = await orders.show(number, supervisor)
    expect(events.flatMap(event => (event.kind === 'warned' ? [event.percent] : []))).toEqual([
      50, 75, 100, 150, 200,
    ])
  })

  it.skipIf(skip)(
    'are silent once they are closed, and go on where they were when they are opened again',
    async () => {
      const { orders, told, clock } = office()
      const { number } = (await orders.make(coldRadiators, seat)).order
      await orders.act(number, { do: 'sign' }, heating)
      await orders.act(number, close, heating)
      await told(0)
      expect(await told(20 * hourMs)).toEqual([])
      await database.transaction(tx => orders.answered(tx, { order: number, cycle: 1, solved: 'no' }))
      expect((await orders.show(number, supervisor)).order).toMatchObject({ stage: 'handling', cycle: 2 })
      const [line] = (await orders.list({ limit: 10 }, supervisor)).lines
      expect(line?.redAt).toEqual(new Date(Date.UTC(2026, 0, 6, 2)))
      // The 75 % mark was passed while nobody worked on it.
      const texts = await told(0)
      expect(texts.filter(text => text.includes('未解决'))).toHaveLength(2)
      expect(texts.filter(text => text.includes('75%'))).toHaveLength(1)
      expect((await told(4 * hourMs)).filter(text => text.includes('红灯'))).toHaveLength(2)
      expect(clock.now()).toBe(Date.UTC(2026, 0, 6, 2))
    },
  )

  it.skipIf(skip)('owe a question with the closing, or do not close', async () => {
    const owed: ClosedOrder[] = []
    let fail = true
    const { orders } = office({
      async owes(closed) {
        if (fail) throw new RangeError('nobody can be asked now')
        owed.push(closed)
      },
    })
    const { number } = (await orders.make({ ...coldRadiators, elder: true }, seat)).order
    await orders.act(number, { do: 'sign' }, heating)
    await expect(orders.act(number, close, heating)).rejects.toThrow(RangeError)
    expect((await orders.show(number, supervisor)).order.stage).toBe('handling')
    fail = false
    await orders.act(number, close, heating)
    await database.transaction(tx => orders.answered(tx, { order: number, cycle: 1, rating: 5 }))
    await orders.act(number, close, heating)
    expect(owed.map(({ cycle, elder, contact, unit }) => ({ cycle, elder, contact, unit }))).toEqual(
      [1, 2].map(cycle => ({ cycle, elder: true, contact: coldRadiators.contact, unit: 'heating' })),
    )
  })

  it.skipIf(skip)('are signed by one unit, however many hands reach for them', async () => {
    const { orders } = office()
    const { number } = (await orders.make(coldRadiators, seat)).order
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => orders.act(number, { do: 'sign' }, heating)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await orders.show(number, supervisor)).events).toHaveLength(2)
  })

  it.skipIf(skip)('of one caller about one thing are one: who rings again adds to it', async () => {
    const { orders } = office()
    const { number } = (await orders.make(coldRadiators, seat)).order
    await expect(orders.make(coldRadiators, seat)).rejects.toMatchObject({ code: 'order-open-already' })
    await orders.act(number, { do: 'add', words: '还是不热，老人在家' }, seat)
    await orders.make({ ...coldRadiators, category: 'water-supply' }, seat)
    await orders.make({ ...coldRadiators, anyway: true }, seat)
    const mine = (await orders.list({ caller: coldRadiators.caller, limit: 10 }, supervisor)).lines
    expect(mine.map(({ category }) => category)).toEqual(['heating', 'water-supply', 'heating'])
    // One who rang from elsewhere is found by the number where they are to be answered, a page after another.
    const answeredAt = { mode: 'sms', number: coldRadiators.caller } as const
    const other = await orders.make({ ...coldRadiators, caller: '13900000001', contact: answeredAt }, seat)
    const found = (caller: string, after?: string) => orders.list({ caller, limit: 3, after }, supervisor)
    const first = await found(coldRadiators.caller ?? '')
    expect(first.lines[0]).toMatchObject({ number: other.order.number })
    expect((await found(coldRadiators.caller ?? '', first.next)).lines.map(one => one.number)).toEqual([
      number,
    ])
    expect((await found('13900000001')).lines).toHaveLength(1)
    // Whoever withholds their number is nobody in particular.
    const withheld = { ...coldRadiators, caller: '', contact: { mode: 'none' } as const }
    await orders.make(withheld, seat)
    await orders.make(withheld, seat)
    expect((await orders.list({ caller: '', limit: 10 }, supervisor)).lines).toEqual([])
  })

  it.skipIf(skip)('are listed by page: the most pressing first, by unit, stage and light', async () => {
    const { orders, clock } = office()
    const make = async (category: string) =>
      (await orders.make({ ...coldRadiators, caller: '', category }, seat)).order
    const slow = await make('title-deed')
    const usual = await make('road-damage')
    const fast = await make('heating')
    await orders.act(fast.number, { do: 'sign' }, heating)
    await clock.advance(20 * hourMs)
    const numbers = async (query: Partial<OrderQuery>) =>
      (await orders.list({ limit: 10, ...query }, supervisor)).lines.map(({ number }) => number)
    expect(await numbers({})).toEqual([fast.number, usual.number, slow.number])
    expect(await numbers({ unit: 'heating' })).toEqual([fast.number])
    expect(await numbers({ stage: 'waiting' })).toEqual([usual.number, slow.number])
    expect(await numbers({ light: 'yellow' })).toEqual([fast.number])
    expect(await numbers({ light: 'green' })).toEqual([usual.number, slow.number])
    expect(await numbers({ sort: 'latest' })).toEqual([fast.number, usual.number, slow.number])
    const {
      lines: [first],
      next,
    } = await orders.list({ limit: 1 }, supervisor)
    expect(await numbers({ after: next })).toEqual([usual.number, slow.number])
    expect(
      lightAt({ yellowAtMs: first?.yellowAt?.getTime(), redAtMs: first?.redAt?.getTime() }, clock.now()),
    ).toBe('yellow')
    await orders.act(fast.number, close, heating)
    expect(await numbers({})).toEqual([usual.number, slow.number])
    expect(await numbers({ stage: 'closed' })).toEqual([fast.number])
    expect(await numbers({ stage: 'all' })).toEqual([fast.number, usual.number, slow.number])
    const page = await orders.list({ stage: 'all', limit: 2 }, supervisor)
    expect(await numbers({ stage: 'all', after: page.next })).toEqual([slow.number])
  })

  it.skipIf(skip)('go to the unit that the centre appoints, and its people are told', async () => {
    const { orders, told } = office()
    const { number } = (await orders.make(coldRadiators, seat)).order
    await told(0)
    await orders.act(number, { do: 'appoint', target: 'street', words: '属地负责' }, supervisor)
    expect(await told(0)).toEqual([expect.stringContaining(`${rules.units.get('street')?.phones[0]} `)])
  })

  it.skipIf(skip)('keep a contact as it was given: only who takes calls has a number to dial', async () => {
    const { orders } = office()
    const of = async (contact: NewOrderRequest['contact']) => {
      const { number } = (await orders.make({ ...coldRadiators, caller: '', contact }, seat)).order
      return (await orders.show(number, supervisor)).order.contact
    }
    const sms = { mode: 'sms', number: '+8613900139000' } as const
    expect(await of(sms)).toEqual(sms)
    const voice = { mode: 'voice', number: '+8613900139000' } as const
    expect(await of(voice)).toEqual(voice)
    expect(await of({ mode: 'voice', number: strange })).toEqual({ mode: 'unverified', number: strange })
  })
})
