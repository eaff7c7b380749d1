import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { Key } from '../../src/media/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import type { Caller } from '../support/caller.ts'
import { openTables } from '../support/hotline.ts'
import { hour, openSurveyCalls, type SurveyCalls } from '../support/survey-calls.ts'

let database: Database
let city: SurveyCalls
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
afterEach(async () => {
  await city.close()
  await database.execute(
    sql.raw(`truncate surveys, survey_attempts, ledger_events, ledger_links, ledger_heads, survey_links, survey_opt_outs,
        callbacks, callback_losses, callback_events;
      update campaigns set state = 'running', started_at = '2020-01-01'; delete from pgboss.job;`),
  )
})

const number = '+8613800138000'
/** A day after the closing somebody takes the call, says a word, and hears what it is about. */
const takesTheCall = async (words = '喂') => {
  const phone = city.plugIn(number)
  await city.closes('A1', number)
  await city.due(24 * hour)
  const citizen = await phone.answers()
  await city.clock.advance(200)
  if (words !== '') citizen.says(words)
  await city.clock.advance(3_000)
  await citizen.hears('12345热线回访')
  return citizen
}
/** Each key a moment after the last, once the next question is heard: nobody answers two at once, or one unheard. */
const presses = async (citizen: Caller, ...keys: readonly Key[]) => {
  for (const [index, key] of keys.entries()) {
    const before = citizen.phone.heard.length
    await city.clock.advance(400)
    citizen.presses(key)
    if (index < keys.length - 1)
      await expect.poll(() => citizen.phone.heard.length, { timeout: 10_000 }).toBeGreaterThan(before)
  }
}
const answered = () => expect.poll(() => city.answers).toHaveLength(1)

it('asks three questions, and "not solved" is told to whoever closed the order, with the reason in their words', async () => {
  city = await openSurveyCalls(database)
  const citizen = await takesTheCall()
  await presses(citizen, '1')
  await citizen.hears('承办单位')
  await presses(citizen, '1')
  await citizen.hears('解决了吗')
  await presses(citizen, '3')
  await citizen.hears('满意吗')
  await presses(citizen, '5')
  await citizen.hears('说说原因')
  await presses(citizen, '#')
  // They speak once it listens.
  await city.stored.flush()
  await city.clock.advance(1_000)
  await city.stored.flush()
  citizen.says('路灯还是不亮')
  citizen.presses('#')
  await citizen.hears('已经记下')
  citizen.hangsUp()
  await answered()
  expect(city.answers).toMatchObject([{ order: 'A1', contacted: 'yes', solved: 'no', rating: 5 }])
  expect(city.answers[0]?.reason).toMatch(/^call_/)
  expect(city.answers[0]?.words).toBe('路灯还是不亮')
})

it('rings them for nothing else once they press 9: the callback that they are owed says so at once', async () => {
  city = await openSurveyCalls(database)
  const caller = city.rings({ from: number })
  await caller.hears('12345热线')
  caller.presses('0')
  await city.happens('queued')
  await city.clock.advance(12_000)
  caller.hangsUp()
  await city.happens('ended')
  await city.stored.flush()
  const ringing = async () => (await city.callbacks.list({ limit: 9 })).callbacks.map(one => one.ringing)
  expect(await ringing()).toEqual([{ by: 'anyone', because: 'rang-us' }])
  const citizen = await takesTheCall()
  await presses(citizen, '9')
  await expect.poll(ringing).toEqual([{ by: 'nobody', because: 'opted-out' }])
})

it('opens the order again with its old clock, from the first ring to the answer "not solved"', async () => {
  city = await openSurveyCalls(database, { toOrders: true })
  const rangAtMs = city.clock.now()
  const caller = city.rings({ from: '13900139000' })
  await caller.hears('12345热线')
  await city.stored.flush()
  const [call = ''] = await city.callsUp()
  const demand = { category: 'heating', matter: '暖气不热', place: '3号楼', street: '望京街道' }
  const made = await city.orderDesk.make({ call, ...demand }, { role: 'seat', person: 's1' })
  caller.hangsUp()
  const unit = { role: 'unit', person: '王师傅', unit: 'heating' } as const
  const { number: order } = made.order
  await city.orderDesk.act(order, { do: 'sign' }, unit)
  const close = { do: 'close', result: 'solved', words: '已更换阀门', evidence: ['照片1'] } as const
  await city.orderDesk.act(order, close, unit)

  const phone = city.plugIn('13900139000')
  await city.due(24 * hour)
  const citizen = await phone.answers()
  await city.clock.advance(3_000)
  for (const [question, key] of [
    ['12345热线回访', '1'],
    ['承办单位', '1'],
    ['解决了吗', '3'],
    ['满意吗', '3'],
  ] as const) {
    await citizen.hears(question)
    await presses(citizen, key)
  }
  await citizen.hears('说说原因')
  citizen.hangsUp()
  await answered()
  await city.surveys.idle()
  const opened = await city.orderDesk.show(order, { role: 'supervisor', person: 'boss' })
  expect(opened.order).toMatchObject({ stage: 'handling', cycle: 2 })
  expect(opened.order.dueAtMs).toBe(rangAtMs + 24 * hour)
})

it('counts what was answered before they hung up', async () => {
  city = await openSurveyCalls(database)
  const citizen = await takesTheCall()
  await presses(citizen, '1', '2')
  await citizen.hears('解决了吗')
  citizen.hangsUp()
  await answered()
  expect(city.answers).toEqual([{ order: 'A1', cycle: 1, contacted: 'no', atMs: expect.any(Number) }])
})

it('speaks to an old person who says nothing, and hangs up on nobody for it', async () => {
  city = await openSurveyCalls(database)
  const citizen = await takesTheCall('')
  await city.clock.advance(6_000)
  await presses(citizen, '1')
  await citizen.hears('承办单位')
  citizen.hangsUp()
  await city.surveys.idle()
})

it('rings no more who presses 9', async () => {
  city = await openSurveyCalls(database)
  const citizen = await takesTheCall()
  await presses(citizen, '9')
  await citizen.hears('不再给您打')
  await city.clock.advance(10_000)
  await citizen.isLeft()
  await city.surveys.idle()
  await city.closes('A2', number)
  await city.due(48 * hour)
  await city.surveys.idle()
  const [campaign] = await city.surveys.campaigns()
  expect(campaign).toMatchObject({ owed: 0, linked: 0, settled: { 'opted-out': 2 } })
})

it('says nothing to a machine, and tries again on another half-day', async () => {
  city = await openSurveyCalls(database)
  const phone = city.plugIn(number)
  await city.closes('A1', number)
  await city.due(24 * hour)
  const machine = await phone.answers()
  await city.clock.advance(200)
  machine.says('您好，我现在不方便接听您的电话，请在嘀声后留下您的姓名和电话号码，我会尽快给您回电，谢谢')
  await machine.isLeft()
  expect(machine.phone.heard).toEqual([])
  await city.surveys.idle()
  const [campaign] = await city.surveys.campaigns()
  expect(campaign).toMatchObject({ owed: 1, hours: [{ rung: 1, reached: 0, answered: 0 }] })
})

it('hangs up on a machine that shows itself by its beep', async () => {
  city = await openSurveyCalls(database)
  const phone = city.plugIn(number)
  await city.closes('A1', number)
  await city.due(24 * hour)
  const machine = await phone.answers()
  await city.clock.advance(200)
  machine.says('请在嘀声之后留言')
  await city.clock.advance(3_500)
  await machine.hears('12345热线回访')
  machine.says('[beep]')
  await city.clock.advance(2_000)
  await machine.isLeft()
  await city.surveys.idle()
})

it('gives a person to who wants one, and counts how long it took', async () => {
  city = await openSurveyCalls(database)
  const seat = city.seat('s1')
  const citizen = await takesTheCall()
  await presses(citizen, '0')
  const person = await seat.answers()
  await city.happens('connected')
  citizen.says('路灯还是不亮')
  await person.hears('路灯还是不亮')
  citizen.hangsUp()
  await city.surveys.idle()
  const [campaign] = await city.surveys.campaigns()
  expect(campaign).toMatchObject({
    state: 'running',
    persons: { asked: 1, missed: 0 },
    settled: { 'handed-over': 1 },
  })
})

it('shows the person which order it is about, and what was answered before they were asked for', async () => {
  city = await openSurveyCalls(database)
  const seat = city.seat('s1')
  const citizen = await takesTheCall()
  await presses(citizen, '1')
  await citizen.hears('承办单位')
  await presses(citizen, '2')
  await citizen.hears('解决了吗')
  await presses(citizen, '0')
  await seat.answers()
  await city.happens('connected')
  expect(city.desk.at('s1')?.about).toEqual({
    kind: 'survey',
    order: 'A1',
    answers: [{ name: 'contacted', value: 'no' }],
  })
  citizen.hangsUp()
  await city.surveys.idle()
})

it('sends a link to who answers nothing, and an answer there counts as keys do', async () => {
  city = await openSurveyCalls(database)
  const citizen = await takesTheCall()
  // Silence twice, then a link.
  await city.clock.advance(20_000)
  await citizen.hears('开始请按1。')
  // A link is made in real time, and given up after two seconds of the clock's.
  const heard = async () => {
    await city.clock.advance(100)
    return citizen.phone.heard.map(({ text }) => text).join()
  }
  await expect.poll(heard, { timeout: 30_000, interval: 20 }).toContain('评价链接已经发到')
  citizen.hangsUp()
  await city.surveys.idle()
  const [{ to, text } = { to: '', text: '' }, ...more] = city.sent
  expect(more).toEqual([])
  expect(to).toBe(number)
  const token = /\/s\/([\w-]+)/.exec(text)?.[1] ?? ''
  expect(await city.surveys.link.open(token)).toBe('open')
  expect(await city.surveys.link.answer(token, { solved: 'no', rating: 4 })).toBe('taken')
  expect(city.answers).toMatchObject([{ order: 'A1', solved: 'no', rating: 4 }])
})

it('never rings who wants text messages', async () => {
  city = await openSurveyCalls(database)
  let rang = false
  city.line.plugIn(number, () => {
    rang = true
  })
  await city.closes('A1', number, { mode: 'sms' })
  for (let day = 0; day < 4; day++) await city.due(24 * hour)
  expect(rang).toBe(false)
  expect(city.sent).toHaveLength(1)
})

it('rings a busy line again half an hour later', async () => {
  city = await openSurveyCalls(database)
  const phone = city.plugIn(number)
  await city.closes('A1', number)
  await city.due(24 * hour)
  const busy = await phone.rings()
  busy.reject('busy')
  await city.surveys.idle()
  await city.due(hour / 2)
  const citizen = await phone.answers()
  citizen.hangsUp()
  await city.surveys.idle()
})

it('leaves no number and no word of the citizen in the logs', async () => {
  city = await openSurveyCalls(database)
  const citizen = await takesTheCall('喂，我是老王')
  await presses(citizen, '1', '1', '1', '1')
  await citizen.hears('您的评价是')
  citizen.hangsUp()
  await answered()
  expect(city.logged.join('\n')).not.toMatch(/13800138000|老王/)
})

it('lets go of whom it still rings when the hotline is to stop: that was no try, and they are rung another time', async () => {
  city = await openSurveyCalls(database)
  const phone = city.plugIn(number)
  await city.closes('A1', number)
  await city.due(24 * hour)
  await phone.rings()
  await city.surveys.drain()
  await city.surveys.idle()
  const attempts = await database.query(
    sql`select how from survey_attempts`,
    z.object({ how: z.string().nullable() }),
  )
  expect(attempts).toEqual([{ how: 'not-rung' }])
  expect(await city.surveys.campaigns()).toMatchObject([{ owed: 1, ringing: 0 }])
})
