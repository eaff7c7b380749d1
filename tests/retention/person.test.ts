/** All of one person, over every room of the product's own house: exported, held, forgotten; and nobody else's. */
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock, newId } from '../../src/foundation/index.ts'
import { figuresOf, holdings } from '../../src/hall/rooms.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import type { CallFact, CallId } from '../../src/telephony/index.ts'
import { openTextSender } from '../../src/texts/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const seat = { role: 'seat', person: 's1' } as const
const unit = { role: 'unit', person: 'wang', unit: 'heating' } as const

let database: Database
let hotline: Hotline
/** Days pass at once, without the thousands of looks that a house takes in them. */
const steady = createManualClock()
let passedMs = 0
const clock = { ...steady, now: () => steady.now() + passedMs }
const passes = (ms: number) => {
  passedMs += ms
}
beforeAll(async () => {
  database = await openTables()
  hotline = await openHotline(database, { clock, pollMs: 1e9 })
}, 60_000)
afterAll(async () => {
  await hotline.close()
  await database.close()
})

const dataDir = () => hotline.settings.DATA_DIR
const inE164 = (digits: string) => `+86${digits}`

/** Whatever is due is done, and what comes of it. */
async function settled(): Promise<void> {
  await hotline.stored.flush()
  await hotline.jobs.runDue()
}

/** A call of theirs that is over, with what happens in one. */
async function rings(digits: string, more: readonly CallFact[] = []): Promise<CallId> {
  const call = newId('call', clock.now()) as CallId
  const facts: readonly CallFact[] = [
    {
      kind: 'invited',
      line: 'sip',
      direction: 'in',
      caller: inE164(digits),
      called: '12345',
      name: `张 ${digits}`,
    },
    { kind: 'answered' },
    { kind: 'prompt', text: `您的号码是 ${digits}`, durationMs: 900 },
    { kind: 'key', key: '1', source: 'info' },
    ...more,
    { kind: 'ended', by: 'them', reason: 'hung-up' },
  ]
  for (const fact of facts) hotline.facts.write(call, fact)
  await hotline.stored.flush()
  return call
}

async function leavesMessage(digits: string): Promise<CallId> {
  const call = newId('call', clock.now()) as CallId
  const path = join(dataDir(), 'recordings', `${call}-demand.wav`)
  await mkdir(join(dataDir(), 'recordings'), { recursive: true })
  await writeFile(path, 'RIFF')
  for (const fact of [
    { kind: 'invited', line: 'sip', direction: 'in', caller: inE164(digits), called: '12345' },
    { kind: 'recording', path },
    { kind: 'promised', number: digits, message: path },
    { kind: 'ended', by: 'them', reason: 'hung-up' },
  ] satisfies readonly CallFact[])
    hotline.facts.write(call, fact)
  await hotline.stored.flush()
  return call
}

const makes = (digits: string, words = '暖气不热') =>
  hotline.orderDesk.make(
    {
      caller: digits,
      category: 'heating',
      matter: `${words}，请打 ${digits}`,
      street: '望京街道',
      place: '3号楼',
      anyway: true,
    },
    seat,
  )

async function isClosed(digits: string): Promise<string> {
  const { order } = await makes(digits)
  await hotline.orderDesk.act(order.number, { do: 'sign' }, unit)
  await hotline.orders.evidence.add(
    order.number,
    (async function* () {
      yield {
        name: 'a.pdf',
        bytes: (async function* () {
          yield Buffer.from('%PDF-1.7\n%…\n')
        })(),
      }
    })(),
    unit,
  )
  await hotline.orderDesk.act(
    order.number,
    { do: 'close', result: 'solved', words: '好了', evidence: [] },
    unit,
  )
  return order.number
}

/** What may happen to somebody. */
const stories: readonly ((digits: string) => Promise<unknown>)[] = [
  rings,
  leavesMessage,
  isClosed,
  digits => hotline.callers.mark(inE164(digits), { elder: true }),
  digits =>
    openTextSender({ folder: join(dataDir(), 'texts') }).send({
      id: newId('text'),
      to: digits,
      text: '您好',
    }),
  async digits => {
    const call = await rings(digits)
    hotline.captioning.keeper.keep({
      call,
      startedAtMs: clock.now(),
      lines: [
        {
          id: 1,
          text: `我的电话 ${digits}`,
          who: 'citizen',
          kind: 'speech',
          startMs: 0,
          final: true,
        } as never,
      ],
      figures: {} as never,
    })
  },
  digits =>
    database.execute(
      sql`insert into survey_opt_outs (number, at) values (${inE164(digits)}, ${new Date(clock.now())}) on conflict do nothing`,
    ),
  digits =>
    database.execute(sql`insert into number_checks (id, number, about, code_hash, sent_by, sent_at, until_at)
      values (${newId('check')}, ${inE164(digits)}, 'x', 'h', 's1', ${new Date(clock.now())}, ${new Date(clock.now())})`),
  async digits => {
    const now = clock.now()
    const { id } = await hotline.incidents.make(
      { kind: 'water', words: { 'zh-CN': '停水' }, area: {}, untilMs: now + dayMs } as never,
      'li',
    )
    hotline.incidents.affects(id, { number: digits, call: 'call_0' })
    await hotline.incidents.flush()
  },
  async digits => {
    hotline.trail.write({
      act: 'searched',
      outcome: 'done',
      person: 'li',
      role: 'supervisor',
      address: '127.0.0.1',
      way: 'GET /api/orders',
      about: '',
      whose: hotline.trail.mark(digits),
    })
    await hotline.trail.flush()
  },
]

/** All of the database as text, and all files but the database's own. */
async function everything(): Promise<string> {
  const named = await database.query(
    sql`select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    z.object({ schema: z.string(), name: z.string() }),
  )
  const dumps = await Promise.all(
    named.map(({ schema, name }) =>
      database.query(
        sql`select coalesce(string_agg(row_to_json(t)::text, ' '), '') as text from ${sql.raw(`"${schema}"."${name}"`)} t`,
        z.object({ text: z.string() }),
      ),
    ),
  )
  const files = await Promise.all(
    (await readdir(dataDir(), { recursive: true })).map(async path => {
      const whole = join(dataDir(), path)
      return (await stat(whole)).isFile() ? `${path} ${await readFile(whole, 'latin1')}` : path
    }),
  )
  const figures = figuresOf(hotline.rooms).map(figure => JSON.stringify([figure.name, figure.read()]))
  return [...dumps.flat().map(({ text }) => text), ...files, ...hotline.logged, ...figures].join('\n')
}

/** However it is written: with its country, with blanks or hyphens. */
const holds = (text: string, digits: string) => new RegExp([...digits].join('[ -]?')).test(text)

async function forgets(digits: string) {
  passes(minuteMs)
  await hotline.retention.ask({ number: digits, because: '本人要求' }, 'a1')
  await hotline.retention.decide({ number: inE164(digits), agreed: true }, 'a2')
  await settled()
  return found(digits)
}
async function found(digits: string) {
  const mark = hotline.trail.mark(digits)
  const one = (await hotline.retention.forgettings()).find(each => each.mark === mark)
  if (!one) throw new Error('nobody asked')
  return one
}

const digits = fc.integer({ min: 10_000_000, max: 99_999_999 }).map(tail => `138${tail}`)

it('says of every table that is there what of a person is in it', async () => {
  const there = await database.query(
    sql`select case when table_schema = 'pgboss' then 'pgboss.' else '' end || table_name as name
      from information_schema.tables t
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
        and not exists (select from pg_inherits where inhrelid = (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass)`,
    z.object({ name: z.string() }),
  )
  const named = holdings.map(({ name }) => name)
  expect(there.map(({ name }) => name).filter(name => !named.includes(name))).toEqual([])
})

describe('somebody who is forgotten', () => {
  it('is in no table, file, log or figure any more, whatever happened; others are, and all that was counted holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        digits,
        digits,
        fc.array(fc.nat({ max: stories.length - 1 }), { minLength: 1, maxLength: 7 }),
        async (gone, other, told) => {
          fc.pre(gone !== other)
          for (const at of new Set(told)) {
            await stories[at]?.(gone)
            await stories[at]?.(other)
            passes(minuteMs)
          }
          await settled()
          const untilMs = clock.now() + minuteMs
          const counted = await counts(untilMs)
          const one = await forgets(gone)
          expect({ state: one.state, stayed: one.went.flatMap(({ stayed }) => stayed) }).toEqual({
            state: 'done',
            stayed: [],
          })
          const all = await everything()
          expect(holds(all, gone)).toBe(false)
          if (told.some(at => at < 8)) expect(holds(all, other)).toBe(true)
          expect(await counts(untilMs)).toEqual(counted)
          expect((await hotline.auditing.audit()).breaks).toEqual([])
          // Again it changes nothing.
          const again = await forgets(gone)
          expect(again.went.filter(({ count }) => count > 0)).toEqual([])
          expect(
            (await hotline.retention.export(gone)).holdings
              .flatMap(({ name, rows }) => (rows.length > 0 ? [name] : []))
              .filter(name => !['trail', 'forgettings'].includes(name)),
          ).toEqual([])
        },
      ),
      { numRuns: 6, endOnFailure: true },
    )
  }, 180_000)

  it('rings again as somebody new', async () => {
    await forgets('13855550001').then(() => rings('13855550001'))
    const person = await hotline.retention.export('13855550001')
    expect(person.holdings.find(({ name }) => name === 'calls')?.rows).toHaveLength(1)
  })

  it('needs two who say so, and a whole number', async () => {
    const { retention } = hotline
    await retention.ask({ number: '13855550002', because: '本人要求' }, 'a1')
    await expect(retention.ask({ number: '13855550002', because: '又' }, 'a2')).rejects.toMatchObject({
      code: 'forget-asked',
    })
    await expect(retention.decide({ number: '13855550002', agreed: true }, 'a1')).rejects.toMatchObject({
      code: 'forget-alone',
    })
    expect(await retention.decide({ number: '13855550002', agreed: false }, 'a2')).toMatchObject({
      state: 'refused',
      number: '',
    })
    await expect(retention.decide({ number: '13855550002', agreed: true }, 'a2')).rejects.toMatchObject({
      code: 'forget-missing',
    })
    await expect(retention.ask({ number: '110', because: '误报' }, 'a1')).rejects.toMatchObject({
      code: 'person-number',
    })
  })

  it('whose order is in hand stays there until it is closed, and then goes by itself', async () => {
    const number = '13855550003'
    const { order } = await makes(number)
    const one = await forgets(number)
    expect(one.state).toBe('waiting')
    expect(one.went.flatMap(({ stayed }) => stayed)).toContainEqual({
      about: order.number,
      because: 'in-hand',
    })
    await hotline.orderDesk.act(order.number, { do: 'sign' }, unit)
    await hotline.orderDesk.act(
      order.number,
      { do: 'close', result: 'solved', words: '好', evidence: ['照片'] },
      unit,
    )
    await hotline.retention.sweep()
    expect((await found(number)).state).toBe('done')
    expect(holds(await everything(), number)).toBe(false)
  })

  it('who is named in somebody else’s order is left there, and it is said', async () => {
    const number = '13855550004'
    await rings(number)
    const { order } = await makes('13855550005', `邻居电话 ${number}`)
    const one = await forgets(number)
    expect(one.state).toBe('done')
    expect(one.went.flatMap(({ stayed }) => stayed)).toEqual([{ about: order.number, because: 'of-another' }])
  })

  it('goes on where a crash stopped it', async () => {
    const number = '13855550006'
    const call = await rings(number)
    await hotline.callers.mark(inE164(number), { elder: true })
    await hotline.retention.ask({ number, because: '本人要求' }, 'a1')
    await hotline.retention.decide({ number, agreed: true }, 'a2')
    // Calls are blank already: no number leads to them, and what else is theirs is still there.
    await database.execute(
      sql`update forgettings set calls = ${JSON.stringify([call])}::jsonb where mark = ${hotline.trail.mark(number)}`,
    )
    await database.execute(sql`update calls set caller = '' where id = ${call}`)
    await settled()
    expect((await found(number)).state).toBe('done')
    expect(holds(await everything(), number)).toBe(false)
  })
})

describe('one call that is forgotten', () => {
  const forgetsCall = async (call: string) => {
    await hotline.retention.ask({ call, because: '误拨' }, 'a1')
    await hotline.retention.decide({ call, agreed: true }, 'a2')
    await settled()
    return (await hotline.retention.forgettings()).find(({ mark }) => mark === call)
  }
  const message = (call: string) => join(dataDir(), 'recordings', `${call}-demand.wav`)

  it('goes with its message and its callback, and nothing else of whoever rang', async () => {
    const number = '13855550030'
    const order = await isClosed(number)
    const [gone, left] = [await leavesMessage(number), await rings(number)]
    await settled()
    expect((await forgetsCall(gone))?.state).toBe('done')
    await expect(stat(message(gone))).rejects.toMatchObject({ code: 'ENOENT' })
    const { callbacks } = await hotline.callbacks.list({ state: 'closed', limit: 1 })
    expect(callbacks).toMatchObject([{ end: 'forgotten', number: '' }])
    const person = await hotline.retention.export(number)
    const rowsOf = (name: string) => person.holdings.find(one => one.name === name)?.rows ?? []
    expect(rowsOf('calls').map(({ id }) => id)).toEqual([left])
    expect(rowsOf('orders').map(one => one.number)).toEqual([order])
  })

  it('needs two who say so, and no hold on whose it is', async () => {
    const number = '13855550031'
    const call = await leavesMessage(number)
    await settled()
    await hotline.retention.ask({ call, because: '误拨' }, 'a1')
    await expect(hotline.retention.decide({ call, agreed: true }, 'a1')).rejects.toMatchObject({
      code: 'forget-alone',
    })
    await hotline.retention.decide({ call, agreed: false }, 'a2')
    const { id } = await hotline.retention.hold(
      { number, reason: '诉讼', untilMs: clock.now() + dayMs },
      'li',
    )
    expect(await forgetsCall(call)).toMatchObject({ state: 'waiting' })
    expect((await stat(message(call))).isFile()).toBe(true)
    await hotline.retention.lift(id, 'li')
    await hotline.retention.sweep()
    await expect(stat(message(call))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('a hold', () => {
  it('keeps all of somebody, from the sweep and from being forgotten, until its day', async () => {
    const number = '13855550010'
    const call = await leavesMessage(number)
    const file = join(dataDir(), 'recordings', `${call}-demand.wav`)
    const untilMs = clock.now() + 1200 * dayMs
    await hotline.retention.hold({ number, reason: '行政复议', untilMs }, 'li')
    const one = await forgets(number)
    expect(one.state).toBe('waiting')
    expect(one.went.flatMap(({ stayed }) => stayed).map(({ because }) => because)).toEqual(['held'])
    await utimes(file, new Date(0), new Date(0))
    passes(1100 * dayMs)
    await hotline.retention.sweep()
    expect(
      (await hotline.retention.export(number)).holdings.find(({ name }) => name === 'calls')?.rows,
    ).toHaveLength(1)
    expect(await stat(file)).toBeTruthy()
    passes(100 * dayMs)
    await hotline.retention.sweep()
    expect((await found(number)).state).toBe('done')
    expect(holds(await everything(), number)).toBe(false)
  }, 60_000)

  it('on an order keeps it and its calls, and lifted lets them go', async () => {
    const number = '13855550011'
    const order = await isClosed(number)
    const { id } = await hotline.retention.hold(
      { order, reason: '诉讼', untilMs: clock.now() + 10 * dayMs },
      'li',
    )
    const one = await forgets(number)
    expect(one.state).toBe('waiting')
    expect(one.went.flatMap(({ stayed }) => stayed)).toContainEqual({ about: order, because: 'held' })
    await hotline.retention.lift(id, 'li')
    await hotline.retention.sweep()
    expect((await found(number)).state).toBe('done')
    await expect(hotline.retention.lift(id, 'li')).rejects.toMatchObject({ code: 'hold-unknown' })
    await expect(
      hotline.retention.hold({ order, reason: 'x', untilMs: clock.now() }, 'li'),
    ).rejects.toMatchObject({ code: 'hold-until' })
  })
})

it('keeps an order from being erased by hand, too', async () => {
  const number = '13855550012'
  const demand = { caller: number, contact: { mode: 'none' }, category: 'heating', matter: '不热' } as const
  const { order } = await hotline.orderDesk.make({ ...demand, street: '望京街道', place: '3号楼' }, seat)
  await hotline.orderDesk.act(order.number, { do: 'sign' }, unit)
  const closing = { do: 'close', result: 'solved', words: '好了', evidence: ['照片'] } as const
  await hotline.orderDesk.act(order.number, closing, unit)
  const { id } = await hotline.retention.hold({ number, reason: '诉讼', untilMs: clock.now() + dayMs }, 'li')
  const boss = (person: string) => ({ role: 'supervisor', person }) as const
  await hotline.orders.erasure.ask(order.number, 'citizen', boss('zhao'))
  const agree = () => hotline.orders.erasure.decide(order.number, true, boss('li'))
  await expect(agree()).rejects.toMatchObject({ code: 'order-held' })
  await hotline.retention.lift(id, 'li')
  await agree()
})

describe('what is over', () => {
  it('is there on its last day and gone the day after, each kind by its own', async () => {
    const number = '13855550020'
    await hotline.retention.sweep()
    const call = await leavesMessage(number)
    await hotline.callers.mark(inE164(number), { elder: true })
    await rings(number)
    const kinds = await hotline.retention.show()
    const daysOf = (kind: string) => kinds.kinds.find(one => one.kind === kind)?.days ?? 0
    const left = async () => ({
      keys: (
        await database.query(sql`select 1 as one from call_facts where fact->>'kind' = 'key'`, z.unknown())
      ).length,
      calls: (
        await database.query(sql`select 1 as one from calls where caller = ${inE164(number)}`, z.unknown())
      ).length,
      marks: (
        await database.query(sql`select 1 as one from callers where number = ${inE164(number)}`, z.unknown())
      ).length,
    })
    expect(call).toBeTruthy()
    const before = await left()
    expect(before).toMatchObject({ calls: 2, marks: 1 })
    passes(daysOf('keys') * dayMs - 1000)
    await hotline.retention.sweep()
    expect((await left()).keys).toBe(before.keys)
    passes(2000)
    await hotline.retention.sweep()
    expect(await left()).toEqual({ ...before, keys: 0 })
    passes((daysOf('journal') - daysOf('keys')) * dayMs - 3000)
    await hotline.retention.sweep()
    expect(await left()).toMatchObject({ calls: 2, marks: 1 })
    passes(4000)
    await hotline.retention.sweep()
    expect(await left()).toMatchObject({ calls: 0, marks: 0 })
    const swept = (await hotline.retention.show()).kinds.find(({ kind }) => kind === 'journal')
    expect(swept?.gone).toBeGreaterThanOrEqual(2)
    expect((await hotline.auditing.audit()).breaks).toEqual([])
  }, 60_000)

  it('goes from the folders by the day on which it was written', async () => {
    const folder = join(dataDir(), 'recordings')
    await mkdir(folder, { recursive: true })
    const days = (await hotline.retention.show()).kinds.find(({ kind }) => kind === 'recordings')?.days ?? 0
    const [old, young] = [`${newId('call')}-reason.wav`, `${newId('call')}-reason.wav`]
    for (const [name, ageMs] of [
      [old, days * dayMs + 1000],
      [young, days * dayMs - 60_000],
    ] as const) {
      await writeFile(join(folder, name), 'RIFF')
      const at = new Date(clock.now() - ageMs)
      await utimes(join(folder, name), at, at)
    }
    await hotline.retention.sweep()
    const names = await readdir(folder)
    expect([names.includes(old), names.includes(young)]).toEqual([false, true])
  })

  it('leaves a message as long as its callback is open, and its days after that', async () => {
    const days = (await hotline.retention.show()).kinds.find(({ kind }) => kind === 'recordings')?.days ?? 0
    const call = await leavesMessage('13855550030')
    const file = join(dataDir(), 'recordings', `${call}-demand.wav`)
    await utimes(file, new Date(0), new Date(0))
    const isThere = async () => {
      await hotline.retention.sweep()
      const row = z.object({ message: z.string().nullable() })
      const rows = await database.query(sql`select message from callback_losses where call_id = ${call}`, row)
      const found = await stat(file).catch(() => undefined)
      return [found !== undefined, rows.some(({ message }) => message !== null)]
    }
    expect(await isThere()).toEqual([true, true])
    const closedAgo = (ms: number) =>
      database.execute(sql`update callbacks set state = 'closed', "end" = 'gave-up', ended_at = ${new Date(clock.now() - ms)}
        where id in (select callback_id from callback_losses where call_id = ${call})`)
    await closedAgo(days * dayMs - 1000)
    expect(await isThere()).toEqual([true, true])
    await closedAgo(days * dayMs + 1000)
    expect(await isThere()).toEqual([false, false])
  })

  it('is swept by a job that makes the next one', async () => {
    passes(2 * 60 * minuteMs)
    await settled()
    const rows = await database.query(
      sql`select count(*)::int as count from pgboss.job where name = 'retention-sweep' and state = 'created'`,
      z.object({ count: z.number() }),
    )
    expect(rows[0]?.count).toBe(1)
  })
})

/** What is published, and what the floor shows of days. */
async function counts(untilMs: number) {
  const stretch = { fromMs: untilMs - 60 * minuteMs, untilMs }
  const { callbacks, surveys, calls } = hotline
  // An open promise to somebody who wants to be forgotten is over.
  const { made } = await callbacks.counts(stretch)
  return {
    made,
    rates: (await surveys.rates('unit', stretch)).map(({ tally }) => ({ ...tally })),
    day: await calls.figuresOf(stretch),
  }
}
