import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Key } from '../../src/media/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
let from: string
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
let callers = 0
beforeEach(async () => {
  hotline = await openHotline(database)
  from = `1380013800${callers++}`
})
afterEach(() => hotline.close())

const hourMs = 3_600_000
const seat = { role: 'seat', person: 's1' } as const
const heating = { role: 'unit', person: '王师傅', unit: 'heating' } as const
const demand = {
  category: 'heating',
  matter: '暖气三天不热，家里有老人',
  place: '幸福小区3号楼',
  street: '望京街道',
} as const

/** Rings, presses 0, and tells a person, who writes it down while they speak. */
async function tellsAPerson() {
  const desk = hotline.seat('s1')
  const caller = hotline.rings({ from })
  await caller.hears('12345热线')
  await hotline.clock.advance(5_000)
  caller.presses('0')
  const person = await desk.answers()
  await hotline.happens('connected')
  caller.says(demand.matter)
  await person.hears(demand.matter)
  await hotline.stored.flush()
  const [call = ''] = await hotline.callsUp()
  await hotline.clock.advance(60_000)
  const made = await hotline.orderDesk.make({ call, ...demand }, seat)
  return { caller, person, call, made }
}

const asksAbout = async (number: string) => {
  const caller = hotline.rings({ from })
  await caller.hears('12345热线')
  caller.presses('1', ...([...number] as Key[]))
  return caller
}

it('gives a caller an order whose clock began when the phone rang, and which they can ask about by its number', async () => {
  const rangAtMs = hotline.clock.now()
  const { caller, made } = await tellsAPerson()
  expect(made.order).toMatchObject({ stage: 'waiting', unit: 'heating', light: 'green', rangAtMs })
  expect(made.order.dueAtMs).toBe(rangAtMs + 24 * hourMs)
  expect(made.contact).toEqual({ mode: 'voice', number: from })
  caller.hangsUp()
  const later = await asksAbout(made.order.number)
  await later.hears('您的诉求已经受理')
  later.hangsUp()
  await hotline.orderDesk.act(made.order.number, { do: 'sign' }, heating)
  const again = await asksAbout(made.order.number)
  await again.hears('您的诉求正在办理')
  again.hangsUp()
})

it('is closed by its unit, which owes a question; "not solved" opens it again, as late as if it never had been closed', async () => {
  const { caller, made } = await tellsAPerson()
  caller.hangsUp()
  const { number, rangAtMs } = made.order
  await hotline.orderDesk.act(number, { do: 'sign' }, heating)
  // A job that is in hand while the clock goes on for hours is late, and tried again later than anybody looks here.
  await hotline.jobs.runDue()
  await hotline.clock.advance(20 * hourMs)
  const close = { do: 'close', result: 'solved', words: '已更换阀门', evidence: ['照片1'] } as const
  const closed = await hotline.orderDesk.act(number, close, heating)
  expect(closed.order).toMatchObject({ stage: 'closed', light: 'green' })
  expect(hotline.owed).toMatchObject([
    { order: number, cycle: 1, contact: { mode: 'voice', number: from }, unit: 'heating' },
  ])

  const told = async () => (await hotline.texts()).flatMap(({ to, text }) => (to === from ? [text] : []))
  const look = async () => {
    await hotline.jobs.runDue()
    return (await told()).length
  }
  await expect.poll(look).toBeGreaterThanOrEqual(2)
  // Once each, however often the job is looked at.
  await hotline.jobs.runDue()
  expect((await told()).filter(text => text.includes('已受理'))).toEqual([
    expect.stringMatching(`“暖气不热、停暖”已受理，工单号${number}，由供热单位办理，.*前办结`),
  ])
  expect((await told()).filter(text => text.includes('已办结（') || text.includes('已办结，'))).toEqual([
    expect.stringContaining(`（工单号${number}）已办结，承办单位：供热单位，办理结果：已解决`),
  ])

  await hotline.clock.advance(10 * hourMs)
  await database.transaction(tx =>
    hotline.orders.answered(tx, { order: number, cycle: 1, contacted: 'yes', solved: 'no' }),
  )
  const opened = await hotline.orderDesk.show(number, { role: 'supervisor', person: 'boss' })
  expect(opened.order).toMatchObject({ stage: 'handling', cycle: 2, light: 'red', unit: 'heating' })
  expect(opened.order.dueAtMs).toBe(rangAtMs + 24 * hourMs)
  expect(opened.events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['made', 'signed', 'closed', 'answered', 'reopened']),
  )
  // A person has a day to ring, and says so.
  expect(opened.clocks.find(({ name }) => name === 'person')?.dueAtMs).toBe(hotline.clock.now() + 24 * hourMs)
  await hotline.orderDesk.act(number, { do: 'note-ring', words: '已致歉，明早上门' }, seat)
  await hotline.orderDesk.act(number, close, heating)
  expect(hotline.owed.map(({ cycle }) => cycle)).toEqual([1, 2])
})

it('is not told twice: who rings again adds to what is open, and another unit cannot touch it', async () => {
  const { caller, call, made } = await tellsAPerson()
  const { number } = made.order
  await expect(hotline.orderDesk.make({ call, ...demand }, seat)).rejects.toMatchObject({
    code: 'order-open-already',
    found: expect.stringContaining(number.slice(6, 12)),
  })
  await hotline.orderDesk.act(number, { do: 'add', call, words: '老人已经感冒' }, seat)
  const street = { role: 'unit', person: '李四', unit: 'street' } as const
  const alien = { code: 'order-of-another-unit' }
  await expect(hotline.orderDesk.act(number, { do: 'sign' }, street)).rejects.toMatchObject(alien)
  await expect(hotline.orderDesk.show(number, street)).rejects.toMatchObject(alien)
  const ofUnit = await hotline.orderDesk.show(number, heating)
  expect(ofUnit.caller).toBe('')
  expect(ofUnit.events.map(({ kind }) => kind)).toEqual(['made', 'added'])
  caller.hangsUp()
})

it('cannot be used to ring whoever one likes', async () => {
  const { caller, call } = await tellsAPerson()
  const others = { mode: 'voice', number: '+8613900139000' } as const
  // As people write a number down, which is kept as lines tell it.
  const keyed = { mode: 'voice', number: '13900139000' } as const
  const made = await hotline.orderDesk.make({ call, ...demand, anyway: true, contact: keyed }, seat)
  expect(made.contact).toEqual({ mode: 'unverified', number: others.number })
  const { number } = made.order
  const { contact } = hotline.orderDesk
  // Whoever has that telephone reads back what it was sent, and nobody else can.
  await contact.check(number, seat)
  const code =
    /验证码 (\d{6})/.exec(
      (await hotline.texts()).find(({ to, text }) => to === others.number && text.includes('验证码'))?.text ??
        '',
    )?.[1] ?? ''
  const wrong = code === '000000' ? '000001' : '000000'
  await expect(contact.readBack(number, wrong, seat)).rejects.toMatchObject({ code: 'code-wrong' })
  await expect(contact.check(number, heating)).rejects.toMatchObject({ code: 'role-wrong' })
  const verified = await contact.readBack(number, `${code.slice(0, 3)} ${code.slice(3)}`, seat)
  expect(verified.contact).toEqual({ mode: 'voice', number: others.number })
  expect(verified.events.at(-1)).toMatchObject({
    kind: 'contact-verified',
    by: seat,
    data: { how: 'read-back' },
  })
  await expect(contact.check(number, seat)).rejects.toMatchObject({ code: 'contact-settled' })
  // It is known from now on.
  const next = await hotline.orderDesk.make({ call, ...demand, anyway: true, contact: others }, seat)
  expect(next.contact.mode).toBe('voice')
  await expect(hotline.orderDesk.make({ call: 'call_x', ...demand }, seat)).rejects.toMatchObject({
    code: 'call-unknown',
  })
  const bySms = { ...demand, call, anyway: true, contact: { mode: 'sms', number: '+8613900139000' } } as const
  expect((await hotline.orderDesk.make(bySms, seat)).contact).toEqual(bySms.contact)
  caller.hangsUp()
})

it('leaves no number, name or word in the logs', async () => {
  const { caller, made } = await tellsAPerson()
  caller.hangsUp()
  await hotline.orderDesk.act(made.order.number, { do: 'sign' }, heating)
  await hotline.clock.advance(30 * hourMs)
  await hotline.jobs.runDue()
  const logged = hotline.logged.join('\n')
  for (const secret of [from, '暖气', '幸福小区', '王师傅']) expect(logged).not.toContain(secret)
})
