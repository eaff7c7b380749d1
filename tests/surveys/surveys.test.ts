import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock, Fault, type FaultCode } from '../../src/foundation/index.ts'
import { auditQuerySchema } from '../../src/http/contract.ts'
import { databaseFault } from '../../src/storage/faults.ts'
import type { Database } from '../../src/storage/index.ts'
import { sql } from '../../src/storage/index.ts'
import { ordinaryRules, type SurveyRules } from '../../src/surveys/index.ts'
import { hour, openRoom, openRoomDatabase, type Phone, type Room, wipe } from './house.ts'

let database: Database
let room: Room
beforeAll(async () => {
  database = await openRoomDatabase()
})
afterAll(() => database.close())
afterEach(async () => {
  if (!expect.getState().currentTestName?.includes('an audit'))
    expect((await room.audit()).breaks).toEqual([])
  await room.leave()
  await wipe(database)
})

const open = async (phone?: Phone, gateway?: () => Promise<void>, rules?: SurveyRules) => {
  room = await openRoom(database, { phone, gateway, rules })
}
/** As a question over HTTP that says nothing has it. */
const period = auditQuerySchema.parse({})
/** Time of day in Beijing, and which day after the first. */
const onClock = (atMs: number) => {
  const local = atMs + 8 * hour - Date.UTC(2026, 0, 5)
  const day = Math.floor(local / (24 * hour))
  const minute = Math.floor((local % (24 * hour)) / 60_000)
  return `${day} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
const rungAt = () => room.rung.map(({ atMs }) => onClock(atMs))
const saysAll: Phone = async (_call, told) => {
  await told.answer({ name: 'contacted', value: 'yes' })
  await told.answer({ name: 'solved', value: 'no' })
  await told.answer({ name: 'rating', value: 4 })
  return { how: 'talked' }
}

describe('a closing', () => {
  it('is asked about once, a day later, and its answer is told to whoever closed it', async () => {
    await open(saysAll)
    await room.closes('A1')
    await room.closes('A1')
    await room.passes(72 * hour)
    expect(rungAt()).toEqual(['1 10:00'])
    expect(room.answers).toMatchObject([{ order: 'A1', cycle: 1, contacted: 'yes', solved: 'no', rating: 4 }])
  })

  it('is tried on three half-days four hours apart, and then asked about by a link', async () => {
    await open()
    await room.closes('A1')
    await room.passes(96 * hour)
    expect(rungAt()).toEqual(['1 10:00', '1 14:00', '2 09:00'])
    expect(room.texts).toHaveLength(1)
    expect(room.texts[0]?.text).toMatch(/https:\/\/12345\.example\/s\/[\w-]{22}$/)
  })

  it('whose line is busy is rung once more after half an hour', async () => {
    await open(async () => ({ how: 'busy' }))
    await room.closes('A1')
    await room.passes(48 * hour)
    expect(rungAt()).toEqual(['1 10:00', '1 10:30', '1 14:30', '1 15:00', '2 09:00', '2 09:30'])
  })

  it('of an old person is asked about within their narrower hours', async () => {
    await open()
    await room.closes('A1', { elder: true })
    await room.passes(96 * hour)
    expect(rungAt()).toEqual(['1 10:00', '1 14:30', '2 09:30'])
  })

  it('of who wants text messages is never asked about by telephone', async () => {
    await open()
    await room.closes('A1', { mode: 'sms' })
    await room.closes('A2', { mode: 'sign', number: '+8613900139000' })
    await room.passes(48 * hour)
    expect(room.rung).toEqual([])
    expect(room.texts.map(({ to }) => to).sort()).toEqual(['+8613800138000', '+8613900139000'])
  })

  it('counts what was answered before they hung up in the middle', async () => {
    await open(async (_call, told) => {
      await told.answer({ name: 'contacted', value: 'no' })
      return { how: 'talked' }
    })
    await room.closes('A1')
    await room.passes(48 * hour)
    expect(room.rung).toHaveLength(1)
    expect(room.answers).toMatchObject([{ order: 'A1', contacted: 'no' }])
    const [unit] = await room.rates('unit', period)
    expect(unit?.tally).toMatchObject({ asked: 1, reached: 1, answered: 1, contacted: { yes: 0, no: 1 } })
    expect(unit?.rates).toEqual({ response: 0 })
  })

  it('is not rung about when our own line was away, and then is as if nothing had been tried', async () => {
    let away = true
    await open(async (call, told, signal) => {
      if (!away) return saysAll(call, told, signal)
      away = false
      return { how: 'not-rung' }
    })
    await room.closes('A1')
    await room.passes(30 * hour)
    expect(rungAt()).toEqual(['1 10:00', '1 10:30'])
    expect(room.answers).toHaveLength(1)
  })
})

describe('who is rung', () => {
  it('is not rung twice in a half-day, whatever their orders', async () => {
    await open(saysAll)
    await room.closes('A1')
    await room.closes('A2')
    await room.closes('A3')
    await room.passes(72 * hour)
    expect(rungAt()).toEqual(['1 10:00', '1 14:00', '2 09:00'])
  })

  it('is never rung again after 9, also not about what is owed already', async () => {
    await open(async (_call, told) => {
      await told.optOut()
      return { how: 'talked' }
    })
    await room.closes('A1')
    await room.closes('A2')
    await room.passes(48 * hour)
    await room.closes('A3')
    await room.passes(48 * hour)
    expect(room.rung).toHaveLength(1)
    expect(room.texts).toEqual([])
    // Whoever else would ring them knows it as soon as it is written.
    expect(room.optOuts).toEqual(['+8613800138000'])
    const [unit] = await room.rates('unit', period)
    expect(unit?.tally).toMatchObject({ asked: 3, answered: 0 })
  })

  it('wants a person and gets none: is sent a link, and the campaign stops by itself', async () => {
    const rules = { ...ordinaryRules, campaign: { ...ordinaryRules.campaign, personLeast: 1 } }
    await open(async () => ({ how: 'talked', person: { served: false, waitedMs: 16_000 } }), undefined, rules)
    await room.closes('A1')
    await room.closes('A2', { number: '+8613900139000' })
    await room.passes(25 * hour)
    expect(room.rung.length).toBeGreaterThan(0)
    expect(room.texts.length).toBe(room.rung.length)
    const [campaign] = await room.campaigns()
    expect(campaign).toMatchObject({ state: 'stopped', by: 'jieting' })
    await room.closes('A3', { number: '+8613700137000' })
    const before = room.rung.length
    await room.passes(48 * hour)
    expect(room.rung).toHaveLength(before)

    await room.move('closed-orders', 'running', { by: '李主任' })
    await room.passes(24 * hour)
    expect(room.rung.length).toBeGreaterThan(before)
  })

  it('is one of too few to stop a campaign for, and of none who asked when the flow brought them to a person', async () => {
    await open(async ({ number }) => ({
      how: 'talked',
      person: { served: false, waitedMs: 16_000, unasked: number === '+8613900139000' ? true : undefined },
    }))
    await room.closes('A1')
    await room.closes('A2', { number: '+8613900139000' })
    await room.passes(25 * hour)
    expect(room.rung).toHaveLength(2)
    expect(await room.campaigns()).toMatchObject([
      { state: 'running', persons: { asked: 1, missed: 1, least: 30, seconds: 15 } },
    ])
  })

  it('and is given to a person in time, is in good hands', async () => {
    await open(async () => ({ how: 'talked', person: { served: true, waitedMs: 9_000 } }))
    await room.closes('A1')
    await room.passes(26 * hour)
    expect(room.rung).toHaveLength(1)
    const [campaign] = await room.campaigns()
    expect(campaign).toMatchObject({
      state: 'running',
      owed: 0,
      settled: { 'handed-over': 1 },
      persons: { asked: 1, missed: 0 },
    })
  })
})

it('counts an attempt as made when its node dies in it, and what was answered in it', async () => {
  // The dead node hears of nothing more: it has a database of its own.
  const shared = await openRoomDatabase()
  const dead = await openRoom(shared, {
    phone(_call, told) {
      void told.answer({ name: 'solved', value: 'no' })
      return new Promise(() => undefined)
    },
  })
  await dead.closes('A1')
  await dead.clock.advance(24 * hour)
  await dead.runDue()
  await expect.poll(async () => (await dead.rates('unit', period))[0]?.tally.answered).toBe(1)
  const other = await openRoom(shared, {
    clock: createManualClock(dead.clock.now() + 3 * 60_000),
    phone: saysAll,
  })
  await other.runDue()
  await other.idle()
  expect(dead.rung).toHaveLength(1)
  expect(other.rung).toEqual([])
  expect(other.answers).toMatchObject([{ order: 'A1', solved: 'no' }])
  await other.leave()
  await shared.close()
  await open()
})

it('is given up when the lease ends that its node had, however often that was renewed', async () => {
  const shared = await openRoomDatabase()
  const dead = await openRoom(shared, { phone: () => new Promise(() => undefined) })
  await dead.closes('A1')
  await dead.clock.advance(24 * hour)
  await dead.runDue()
  await dead.clock.advance(5 * 60_000)
  await expect.poll(async () => (await dead.campaigns())[0]?.ringing).toBe(1)
  // It has died; nothing else is owed, so that nothing but the lease gives the alarm.
  const other = await openRoom(shared, { clock: createManualClock(dead.clock.now()) })
  await other.runDue()
  await other.clock.advance(4 * 60_000)
  await other.runDue()
  await other.idle()
  expect((await other.campaigns())[0]).toMatchObject({ ringing: 0, owed: 1 })
  await other.leave()
  await shared.close()
  await open()
})

it('is made when it falls due, also if another fell due earlier in that minute', async () => {
  await open(saysAll)
  await room.clock.advance(10_000)
  await room.closes('A1', { number: '+8613800138001' })
  await room.clock.advance(30_000)
  await room.closes('A2', { number: '+8613800138002' })
  await room.clock.advance(24 * hour - 30_000)
  for (let step = 0; step < 6; step++) {
    await room.clock.advance(10_000)
    await room.runDue()
    await room.idle()
  }
  expect(room.rung.map(({ order }) => order)).toEqual(['A1', 'A2'])
})

describe('a link', () => {
  const token = () => room.texts[0]?.text.split('/').at(-1) ?? ''

  it('takes one answer, which counts as keys do, for three days', async () => {
    await open()
    await room.closes('A1', { mode: 'sms' })
    await room.passes(25 * hour)
    expect(await room.link.open('nonsense')).toBeUndefined()
    expect(await room.link.open(token())).toBe('open')
    expect(await room.link.answer(token(), { rating: 5, solved: 'no' })).toBe('taken')
    expect(await room.link.answer(token(), { rating: 1 })).toBe('answered')
    expect(await room.link.open(token())).toBe('answered')
    expect(room.answers).toMatchObject([{ order: 'A1', rating: 5, solved: 'no' }])
  })

  it('that nobody answers leaves the answers, and stays among those asked', async () => {
    await open()
    await room.closes('A1', { mode: 'sms' })
    await room.passes(25 * hour)
    const late = token()
    await room.passes(73 * hour)
    expect(await room.link.answer(late, { rating: 1 })).toBe('over')
    expect(room.answers).toEqual([])
    const [unit] = await room.rates('unit', period)
    expect(unit).toMatchObject({ rates: {}, tally: { asked: 1, reached: 0, answered: 0 } })
  })

  it('may be had in a call, and the rest be said there', async () => {
    let given = ''
    await open(async (_call, told) => {
      await told.answer({ name: 'contacted', value: 'yes' })
      given = (await told.link())?.token ?? ''
      return { how: 'talked', linked: true }
    })
    await room.closes('A1')
    await room.passes(25 * hour)
    expect(room.answers).toEqual([])
    expect(room.texts).toEqual([])
    expect(await room.link.answer(given, { rating: 2, solved: 'yes' })).toBe('taken')
    expect(room.answers).toMatchObject([{ contacted: 'yes', solved: 'yes', rating: 2 }])
    await room.passes(48 * hour)
    expect(room.rung).toHaveLength(1)
  })
})

describe('a text with a link', () => {
  const failed = (code: FaultCode) => new Fault({ code, place: 'gateway', found: 'x', expected: 'y' })

  it('is the same text with the same link at every try, since a gateway that was late may have sent it', async () => {
    let tries = 0
    await open(undefined, async () => {
      if (++tries < 4) throw failed('text-failed')
    })
    await room.closes('A1', { mode: 'sms' })
    await room.passes(26 * hour)
    expect(room.texts).toHaveLength(4)
    expect(new Set(room.texts.map(({ id, text }) => `${id} ${text}`)).size).toBe(1)
    expect(room.texts[0]?.id).toBeTruthy()
    expect(await room.link.open(room.texts[0]?.text.split('/').at(-1) ?? '')).toBe('open')
  })

  it('is not tried again once the gateway has refused it', async () => {
    await open(undefined, () => Promise.reject(failed('text-refused')))
    await room.closes('A1', { mode: 'sms' })
    await room.passes(30 * hour)
    expect(room.texts).toHaveLength(1)
  })
})

it('keeps what is answered while the database is away, for as long as that is', async () => {
  const shared = await openRoomDatabase()
  const state = { away: false }
  let hasTalked = false
  const away = () => Promise.reject(databaseFault({ code: '57P01' }))
  const moody: Database = {
    ...shared,
    query: (...asked) => (state.away ? away() : shared.query(...asked)),
    execute: (...asked) => (state.away ? away() : shared.execute(...asked)),
    transaction: (...asked) => (state.away ? away() : shared.transaction(...asked)),
  }
  const cut = await openRoom(moody, {
    async phone(_call, told) {
      state.away = true
      await told.answer({ name: 'contacted', value: 'yes' })
      await told.answer({ name: 'solved', value: 'yes' })
      expect(await told.link()).toBeUndefined()
      await told.answer({ name: 'rating', value: 5 })
      hasTalked = true
      return { how: 'talked' }
    },
  })
  await cut.closes('A1')
  await cut.clock.advance(24 * hour)
  // The job stays in hand: that it is done is said again until the database hears it.
  const done = cut.runDue()
  await expect.poll(() => hasTalked).toBe(true)
  for (let second = 0; second < 48; second++) await cut.clock.advance(1_000)
  expect(cut.answers).toEqual([])
  state.away = false
  await cut.clock.advance(1_000)
  await done
  await cut.idle()
  expect(cut.answers).toMatchObject([{ order: 'A1', contacted: 'yes', solved: 'yes', rating: 5 }])
  expect(cut.noting()).toMatchObject({ waiting: 0, lost: 0, refused: 0 })
  await cut.leave()
  await shared.close()
  await open()
})

describe('an audit', () => {
  const happened = async () => {
    await open(saysAll)
    for (const order of ['A1', 'A2', 'A3', 'A4'])
      await room.closes(order, { number: `+86138001380${order.slice(1).padStart(2, '0')}` })
    await room.passes(25 * hour)
  }

  it('finds nothing where nothing was changed', async () => {
    await happened()
    const { breaks, rooms } = await room.audit()
    expect(breaks).toEqual([])
    expect(rooms).toMatchObject([
      { events: 4 * 7, rows: { surveys: 4, survey_attempts: 4, survey_links: 0 } },
    ])
    expect((await room.audit(rooms.map(({ head }) => head))).breaks).toEqual([])
  })

  it.each([
    ['a rating', `update ledger_events set body = replace(body, '"rating"', '"solved"')`, 'changed'],
    ['a moment', 'update ledger_events set at_ms = at_ms + 1 where place = 1', 'changed'],
    ['an event in the middle', 'delete from ledger_events where place = 2', 'event-missing'],
    ['an end', 'delete from ledger_links where seq = (select max(seq) from ledger_links)', 'head'],
    ['what the reports count', 'update surveys set rating = 1', 'column'],
  ])('finds %s that was changed', async (_what, statement, found) => {
    await happened()
    await database.execute(sql.raw(statement))
    const { breaks } = await room.audit()
    expect(breaks.map(({ what }) => what)).toContain(found)
  })

  it('finds an end that was cut off with its head, by a head that was noted before', async () => {
    await happened()
    const { rooms } = await room.audit()
    await database.execute(
      sql.raw(`delete from ledger_events e using ledger_links l where l.room = e.room and l.stream = e.stream
          and l.place = e.place and l.seq = 28;
        delete from ledger_links where seq = 28;
        update ledger_heads set seq = 27, hash = (select hash from ledger_links where seq = 27)`),
    )
    expect((await room.audit(rooms.map(({ head }) => head))).breaks.map(({ what }) => what)).toContain(
      'anchor',
    )
  })
})

describe('an exclusion', () => {
  it('needs two persons, a reason of the rules, and then leaves the rates', async () => {
    await open(saysAll)
    await room.closes('A1')
    await room.passes(25 * hour)
    const order = { order: 'A1', cycle: 1 }
    await expect(room.ask({ ...order, by: '甲', because: 'inconvenient' })).rejects.toMatchObject({
      code: 'exclusion-reason',
    })
    await expect(room.decide({ ...order, by: '乙', agreed: true })).rejects.toMatchObject({
      code: 'exclusion-missing',
    })
    await room.ask({ ...order, by: '甲', because: 'withdrawn' })
    expect((await room.rates('unit', period))[0]?.tally.asked).toBe(1)
    await expect(room.decide({ ...order, by: '甲', agreed: true })).rejects.toMatchObject({
      code: 'exclusion-alone',
    })
    await room.decide({ ...order, by: '乙', agreed: true })
    expect((await room.rates('unit', period))[0]?.tally).toMatchObject({ asked: 0, answered: 0, excluded: 1 })
    expect((await room.audit()).breaks).toEqual([])
  })

  it('is listed with who asked and who decided, those that wait first, and may be asked for again', async () => {
    await open(saysAll)
    await room.closes('A1')
    await room.closes('A2', { number: '+8613800138001' })
    await room.passes(25 * hour)
    await room.ask({ order: 'A1', cycle: 1, by: '甲', because: 'withdrawn' })
    await room.decide({ order: 'A1', cycle: 1, by: '乙', agreed: false })
    await room.clock.advance(60_000)
    await room.ask({ order: 'A2', cycle: 1, by: '乙', because: 'duplicate' })
    await room.decide({ order: 'A2', cycle: 1, by: '甲', agreed: true })
    await room.ask({ order: 'A1', cycle: 1, by: '甲', because: 'secret' })
    const shown = (await room.exclusions()).map(({ order, because, askedBy, decided }) => [
      ...[order, because, askedBy, decided?.by, decided?.agreed],
    ])
    expect(shown).toEqual([
      ['A1', 'secret', '甲', undefined, undefined],
      ['A2', 'duplicate', '乙', '甲', true],
      ['A1', 'withdrawn', '甲', '乙', false],
    ])
  })
})

it('never rings a number that nobody made sure of: it is sent the link', async () => {
  await open(saysAll)
  await room.closes('A1', { mode: 'unverified' })
  await room.passes(96 * hour)
  expect([room.rung, room.texts.length]).toEqual([[], 1])
})

it('forgets whose order it was, once nobody is to be asked any more', async () => {
  await open(saysAll)
  await room.closes('A1')
  const forget = () => database.transaction(tx => room.forget(tx, 'A1'))
  await expect(forget()).rejects.toMatchObject({ code: 'survey-open' })
  await room.passes(25 * hour)
  await forget()
  const all = await database.query(
    sql`select coalesce(dial_number, '') || coalesce(text_number, '') as number from surveys
      union all select number from survey_attempts`,
    z.object({ number: z.string() }),
  )
  expect(all.map(({ number }) => number.includes('13800138000'))).toEqual([false, false])
  expect((await room.rates('unit', period))[0]?.tally).toMatchObject({ asked: 1, answered: 1 })
  expect((await room.audit()).breaks).toEqual([])
})

it('makes no more calls at once and in an hour than its rules say', async () => {
  const rules = { ...ordinaryRules, campaign: { ...ordinaryRules.campaign, lines: 2, perHour: 5 } }
  let up = 0
  let most = 0
  room = await openRoom(database, {
    rules,
    async phone() {
      most = Math.max(most, ++up)
      await new Promise(resolve => setImmediate(resolve))
      up--
      return { how: 'no-answer' }
    },
  })
  for (let at = 0; at < 9; at++) await room.closes(`A${at}`, { number: `+861380013800${at}` })
  await room.passes(24 * hour)
  // A line that is free again takes the next by itself.
  await expect.poll(() => room.rung.length).toBe(5)
  await room.idle()
  expect(room.rung).toHaveLength(5)
  expect(most).toBe(2)
})
