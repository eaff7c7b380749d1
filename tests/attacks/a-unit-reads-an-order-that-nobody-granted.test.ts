/** One act on a strange order gave its matter and the complainant's number; orders' numbers can be counted up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderDetail } from '../../src/orders/api.ts'
import type { OrderPage } from '../../src/orders/listing/api.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

const caller = '+8613800138001'
const other = '+8613911112222'
const seat = { role: 'seat', person: 's1' } as const
const boss = { role: 'supervisor', person: 'boss' } as const
const lead = { role: 'unit', person: 'h1', unit: 'heating' } as const
const secretMatter = '楼上噪音，我的电话138-0013-8001，也可以打 139 1111 2222'
const demand: NewOrderRequest = {
  caller,
  contact: { mode: 'sms', number: other },
  category: 'heating',
  matter: secretMatter,
  place: '幸福小区3号楼',
  street: '望京街道',
}

let house: BuiltHouse
let unit: Awaited<ReturnType<BuiltHouse['signsIn']>>
let stranger: Awaited<ReturnType<BuiltHouse['signsIn']>>
beforeAll(async () => {
  house = await openBuiltHouse([
    { name: 'h1', display: '热力', role: 'unit', unit: 'heating' },
    { name: 'z1', display: '街道', role: 'unit', unit: 'street' },
    { name: 'boss', display: '班长', role: 'supervisor' },
  ])
  unit = await house.signsIn('h1')
  stranger = await house.signsIn('z1')
}, 60_000)
afterAll(() => house.close())

async function signed(given: Partial<NewOrderRequest> = {}): Promise<string> {
  const made = await house.orderDesk.make({ ...demand, anyway: true, ...given }, seat)
  await house.orderDesk.act(made.order.number, { do: 'sign' }, lead)
  return made.order.number
}
type Refusal = { readonly faults: readonly { readonly code: string }[] }
const act = (who: typeof unit, number: string, command: OrderCommand) =>
  who.post(`/api/orders/${number}/acts`, command)
const person = /138\D?0013\D?8001|139\D?1111\D?2222|噪音|幸福小区/

describe('a unit that was not asked', () => {
  it.each<[string, OrderCommand]>([
    ['support', { do: 'support', person: 'x', phone: '12345' }],
    ['a grant to itself', { do: 'grant', unit: 'street', words: '想看' }],
    ['a reveal', { do: 'reveal', words: '想看' }],
    ['progress', { do: 'progress', words: 'x', citizenKnows: false }],
    ['a confidential mark taken off', { do: 'set-confidential', confidential: false, words: 'x' }],
  ])('gets nothing by %s', async (_, command) => {
    const number = await signed()
    const answers = [
      await act(stranger, number, command),
      await stranger.get(`/api/orders/${number}`),
      await stranger.get(`/api/orders/${number}/evidence/${'a'.repeat(64)}`),
      await stranger.get(`/api/orders?caller=${encodeURIComponent(caller)}`),
      await stranger.get('/api/orders?unit=heating'),
      await stranger.get('/api/orders?helping=true'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 200, 200, 200])
    for (const { body } of answers) expect(body).not.toMatch(person)
    const { events } = await house.orderDesk.show(number)
    // That it is like those before it was found as it was made.
    const kinds = events.map(({ kind }) => kind).filter(kind => kind !== 'likened')
    expect(kinds).toEqual(['made', 'signed'])
  })

  it('gets nothing of one that it returned to somebody else, nor of one that was given to another', async () => {
    const made = await house.orderDesk.make({ ...demand, anyway: true, unit: 'street' }, seat)
    const { number } = made.order
    const back: OrderCommand = { do: 'return', ground: 'not-our-duty', target: 'heating', words: '供热' }
    expect((await act(stranger, number, back)).status).toBe(200)
    // Until the centre has decided it is theirs.
    expect((await stranger.get(`/api/orders/${number}`)).status).toBe(200)
    await house.orderDesk.act(number, { do: 'decide-return', outcome: 'upheld', words: '是供热' }, boss)
    expect((await stranger.get(`/api/orders/${number}`)).status).toBe(403)
  })
})

describe('a unit that was asked', () => {
  it.each([
    ['the lead', lead],
    ['the centre', boss],
  ])('by %s reads the order, and both read the reason; until it is asked no longer', async (_, by) => {
    const number = await signed()
    await house.orderDesk.act(number, { do: 'grant', unit: 'street', words: '管线在街道' }, by)
    expect(
      (await act(stranger, number, { do: 'support', person: '李工', phone: '01012345678' })).status,
    ).toBe(200)
    for (const who of [unit, stranger]) {
      const { events } = (await who.get(`/api/orders/${number}`)).json() as OrderDetail
      expect(events.find(({ kind }) => kind === 'granted')?.data).toMatchObject({
        unit: 'street',
        words: '管线在街道',
      })
    }
    const page: OrderPage = (await stranger.get('/api/orders?helping=true')).json()
    expect(page.orders.map(order => order.number)).toContain(number)
    await house.orderDesk.act(number, { do: 'end-grant', unit: 'street', words: '办完了' }, by)
    expect((await stranger.get(`/api/orders/${number}`)).status).toBe(403)
    expect((await stranger.get('/api/orders?helping=true')).body).not.toContain(number)
  })

  it('helps, and does not lead: it asks nobody in, closes nothing and makes nothing public', async () => {
    const number = await signed()
    await house.orderDesk.act(number, { do: 'grant', unit: 'street', words: '管线在街道' }, lead)
    const tried: readonly OrderCommand[] = [
      { do: 'grant', unit: 'centre', words: 'x' },
      { do: 'close', result: 'solved', words: 'x', evidence: ['x'] },
      { do: 'set-confidential', confidential: true, words: 'x' },
    ]
    for (const command of tried) expect((await act(stranger, number, command)).status).toBe(403)
  })

  it('hears at once that it may look', async () => {
    const number = await signed()
    const { host } = new URL(house.url)
    const socket = new WebSocket(`ws://${host}/orders/live`, {
      headers: { cookie: stranger.cookie, origin: house.url },
    })
    const heard = new Promise<void>(resolve =>
      socket.on('message', data => String(data).includes(number) && resolve()),
    )
    await new Promise(resolve => socket.once('open', resolve))
    await house.orderDesk.act(number, { do: 'grant', unit: 'street', words: '管线在街道' }, lead)
    await heard
    socket.close()
  })
})

describe('a number', () => {
  it('is masked for the unit that leads, wherever it stands, and told once for a reason that is written down', async () => {
    const number = await signed()
    const shown = await unit.get(`/api/orders/${number}`)
    expect(shown.body).not.toMatch(/138\D?0013\D?8001|139\D?1111\D?2222/)
    expect((shown.json() as OrderDetail).contact).toEqual({ mode: 'sms', number: '139****2222' })
    expect((shown.json() as OrderDetail).order.matter).toContain('138****8001')
    expect((await unit.get('/api/orders')).body).not.toMatch(/138\D?0013\D?8001|139\D?1111\D?2222/)

    expect((await act(unit, number, { do: 'reveal', words: ' ' })).status).toBe(400)
    const revealed = await act(unit, number, { do: 'reveal', words: '上门前约时间' })
    expect((revealed.json() as OrderDetail).contact.number).toBe(other)
    expect((await unit.get(`/api/orders/${number}`)).body).not.toMatch(/139\D?1111\D?2222/)
    const { events } = await house.orderDesk.show(number)
    expect(events.at(-1)).toMatchObject({
      kind: 'revealed',
      by: { role: 'unit', person: 'h1', unit: 'heating' },
      data: { unit: 'heating', words: '上门前约时间' },
    })
  })

  it('is masked in figures of any width, in words, and where it was written as a name', async () => {
    const hidden = /138\D?0013\D?8001|１３８００１３８００１|一三八零零一三八零零一/
    const number = await signed({
      name: '王13800138001',
      matter: '请打１３８００１３８００１，一三八零零一三八零零一',
    })
    const answers = await Promise.all(
      [`/api/orders/${number}`, '/api/orders', '/api/orders/file/csv'].map(path => unit.get(path)),
    )
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      expect(body).toContain('138****8001')
      expect(body).not.toMatch(hidden)
    }
  })

  it('is not told to a unit that has not signed', async () => {
    const { number } = (await house.orderDesk.make({ ...demand, anyway: true }, seat)).order
    expect((await act(unit, number, { do: 'reveal', words: '看看' })).status).toBe(409)
    expect((await unit.get(`/api/orders/${number}`)).body).not.toMatch(/139\D?1111\D?2222/)
  })

  it('is whole for the centre', async () => {
    const number = await signed()
    const shown = await (await house.signsIn('boss')).get(`/api/orders/${number}`)
    expect(shown.json()).toMatchObject({ caller, contact: { mode: 'sms', number: other } })
  })
})

describe('a confidential order', () => {
  it.each<[string, Partial<NewOrderRequest>, OrderCommand | undefined]>([
    ['made so', { confidential: true }, undefined],
    ['made so later', {}, { do: 'set-confidential', confidential: true, words: '市民要求' }],
  ])('%s shows no person outside the centre', async (_, given, command) => {
    const number = await signed(given)
    if (command) await house.orderDesk.act(number, command, seat)
    const shown = await unit.get(`/api/orders/${number}`)
    expect(shown.json()).toMatchObject({
      order: { confidential: true },
      caller: '',
      contact: { mode: 'none' },
    })
    expect(shown.body).not.toMatch(/138\D?0013\D?8001|139\D?1111\D?2222|"s1"/)
    const revealed = await act(unit, number, { do: 'reveal', words: '联系市民' })
    expect([revealed.status, revealed.json<Refusal>().faults[0]?.code]).toEqual([403, 'order-confidential'])
  })
})
