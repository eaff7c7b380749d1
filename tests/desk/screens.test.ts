/** A seat's screen without a browser: what it is told, and what of its orders is obeyed. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openScreens, type Screens } from '../../src/desk/index.ts'
import { type Socket, silentLog } from '../../src/foundation/index.ts'
import type { SeatCommand, ToSeatPage } from '../../src/http/contract.ts'
import { openDeskHouse } from './house.ts'

let house: Awaited<ReturnType<typeof openDeskHouse>>
let screens: Screens
let rung: string[]
let calledBack: string[]
beforeEach(async () => {
  house = await openDeskHouse()
  rung = []
  calledBack = []
  screens = openScreens({
    desk: house.desk,
    clock: house.clock,
    log: silentLog,
    callerOf: async () => ({ elder: true, language: 'yue' }),
    pastOf: async number => [{ id: 'call_1', direction: 'in', invitedAtMs: 1, seat: `of ${number}` }],
    captionsOf: call => `pass of ${call}`,
    numbers: [{ number: '110', name: '公安' }],
    callBack: async (seat, callback) => void calledBack.push(`${seat} ${callback}`),
    async ringOutside(number, near, signal) {
      rung.push(number)
      return house.line.dial({ kind: 'number', number }, { near, signal, ringMs: 45_000 })
    },
  })
})
afterEach(async () => {
  screens.close()
  await house.close()
  expect(house.clock.pending()).toBe(0)
})
const settle = () => house.clock.advance(0)

function openScreen(name: string) {
  const told: ToSeatPage[] = []
  let hear: (message: string | Uint8Array) => void = () => undefined
  let leave: () => void = () => undefined
  let closed: string | undefined
  const socket: Socket = {
    send: message => void told.push(JSON.parse(String(message)) as ToSeatPage),
    backlog: () => 0,
    ping: async () => undefined,
    onMessage: listen => {
      hear = listen
    },
    onClose: listen => {
      leave = listen
    },
    close(_code, reason = '') {
      closed = reason
      leave()
    },
  }
  const member = { name, display: `${name}号`, role: 'seat' }
  screens.mount.open(socket, { url: '', params: {}, query: {}, headers: {}, address: '', member })
  return {
    told,
    closed: () => closed,
    leaves: () => leave(),
    /** What a page may order, by the contract; or anything else. */
    orders: (order: SeatCommand | string) => hear(typeof order === 'string' ? order : JSON.stringify(order)),
    talk: () => told.flatMap(one => (one.kind === 'talk' ? [one.talk] : [])).at(-1),
    desk: () => told.findLast(one => one.kind === 'desk'),
    refusal: () => told.findLast(one => one.kind === 'refused'),
  }
}

it('makes the seat of who opens it, and tells its state', async () => {
  const screen = openScreen('s7')
  expect(screen.desk()).toMatchObject({
    seat: { name: 's7', display: 's7号', state: 'away' },
    numbers: [{ number: '110', name: '公安' }],
  })
  screen.orders({ kind: 'ready' })
  await settle()
  expect(screen.refusal()).toMatchObject({ order: 'ready', code: 'seat-unreachable' })
  house.desk.setContact('s7', 'browser:s7')
  screen.orders({ kind: 'ready' })
  expect(screen.desk()).toMatchObject({ seat: { state: 'ready' } })
})

it('shows who rings and why at once, what is known of them when it is found, and captions from the answer on', async () => {
  const seat = house.seat('s1', () => undefined)
  const screen = openScreen('s1')
  screen.orders({ kind: 'ready' })
  const caller = await house.caller('13800138000')
  expect(screen.talk()).toMatchObject({ number: '13800138000', reason: 'help', phase: 'ringing' })
  expect(screen.told.findLast(one => one.kind === 'talk')?.talk).not.toHaveProperty('captions')
  await settle()
  expect(screen.talk()?.caller).toMatchObject({
    elder: true,
    language: 'yue',
    past: [{ seat: 'of 13800138000' }],
  })
  seat.rings[0]!.accept()
  await settle()
  expect(screen.talk()).toMatchObject({ phase: 'talking', captions: `pass of ${caller.call.id}` })
  screen.orders({ kind: 'hold' })
  expect(screen.talk()?.phase).toBe('held')
  screen.orders({ kind: 'resume' })
  await settle()
  expect(screen.talk()?.phase).toBe('talking')
  caller.phone.hangup()
  await settle()
  expect(screen.talk()).toBeUndefined()
  expect(screen.desk()).toMatchObject({ seat: { state: 'wrap-up' } })
})

it('rings nobody outside but whom the house has listed', async () => {
  house.seat('s1')
  const screen = openScreen('s1')
  screen.orders({ kind: 'ready' })
  const caller = await house.caller('wang')
  await settle()
  house.line.plugIn('110', phone => phone.accept())
  for (const number of ['119', '+19005550100', '110;phone-context=x', '']) {
    screen.orders({ kind: 'outside', number })
    await settle()
    expect(screen.refusal()).toMatchObject({ code: 'number-not-listed' })
  }
  expect(rung).toEqual([])
  screen.orders({ kind: 'outside', number: '110' })
  await settle()
  expect(rung).toEqual(['110'])
  expect(caller.facts.at(-1)).toEqual({ kind: 'transferred', to: '110' })
  caller.phone.hangup()
  await settle()
})

it('has a citizen called back, tells whom the seat rings, and why that is refused', async () => {
  const seat = house.seat('s1', () => undefined)
  const screen = openScreen('s1')
  screen.orders({ kind: 'call-back', callback: 'back_1' })
  await settle()
  expect(calledBack).toEqual(['s1 back_1'])
  const number = '+8613800138000'
  void house.desk.callOut('s1', { callback: 'back_1', number, ring: () => new Promise(() => undefined) })
  const outgoing = () => screen.told.findLast(one => one.kind === 'outgoing')?.outgoing
  expect(outgoing()).toEqual({ callback: 'back_1', number, rings: 'seat' })
  seat.rings[0]!.accept()
  await settle()
  expect(outgoing()?.rings).toBe('citizen')
  expect(screen.desk()).toMatchObject({ seat: { state: 'calling' } })
  seat.rings[0]!.hangup()
  await settle()
  expect(outgoing()).toBeUndefined()
})

it('tells the others of a change a little later, and many at once', async () => {
  const screen = openScreen('s1')
  house.seat('s2')
  house.desk.setReady('s2')
  house.desk.setAway('s2')
  const before = screen.told.length
  await house.clock.advance(300)
  expect(screen.told.slice(before)).toHaveLength(1)
  expect(screen.desk()).toMatchObject({ others: [{ name: 's2', state: 'away' }] })
})

it.each(['hello', '{"kind":"dial","number":"110"}', '{"kind":"ready","seat":"s2"}'])(
  'closes a page that says %s',
  message => {
    const screen = openScreen('s1')
    screen.orders(message)
    expect(screen.closed()).toBe('malformed')
    expect(screens.open()).toBe(0)
  },
)

it('refuses what is ordered without a caller', async () => {
  const screen = openScreen('s1')
  const orders: readonly SeatCommand[] = [
    { kind: 'hold' },
    { kind: 'to-seat', seat: 's2' },
    { kind: 'outside', number: '110' },
  ]
  for (const order of orders) {
    screen.orders(order)
    await settle()
    expect(screen.refusal()).toMatchObject({ order: order.kind, code: 'not-now' })
  }
  screen.leaves()
})
