/**
 * Callbacks that are not to be made, or break on the way, on the product as it runs: a clear answer each, nobody is rung who
 * is not to be rung, and nobody is lost.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { CallbackPage, CallbackView } from '../../src/callbacks/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import { freePort } from '../support/baresip.ts'
import { hire } from '../support/hire.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

const token = 'a-token-that-only-the-tests-know'
const program = { authorization: `Bearer ${token}` }
const password = 'a long enough password'
const patience = { timeout: 20_000, interval: 100 }
const startMs = 120_000

let directory: string
let media: MediaPool
let hotline: RunningHotline
let citizens: SipPhone
let trunk: SipPhone
/** Seats and their telephones; the first keeps callbacks by hand. */
let seats: readonly SipPhone[]

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jieting-refused-'))
  media = await startTestMedia([24_000, 24_299])
  const SIP_PORT = await freePort()
  const server = { host: '127.0.0.1', port: SIP_PORT }
  trunk = await plugInPhone(server, media, 'trunk')
  hotline = await runHotline({
    DATA_DIR: join(directory, 'data'),
    CALLBACK_ABANDONED_SECONDS: '0',
    CALLBACK_LEAD: 'hotline',
    SEAT_WRAP_UP_SECONDS: '0',
    MEDIA_TIMEOUT_SECONDS: '5',
    LOG_LEVEL: 'error',
    SIP_PORT: String(SIP_PORT),
    SIP_TRUNK: trunk.contact.replace(/sip:.*@/, 'sip:'),
  })
  citizens = await plugInPhone(server, media)
  seats = await Promise.all(['s1', 's2'].map(name => plugInPhone(server, media, name)))
  for (const [index, { contact }] of seats.entries())
    await post('/seats', { name: `s${index + 1}`, display: `${index + 1}号坐席`, contact })
  await hire(hotline.url, token, { name: 's1', display: '一号', role: 'seat', password })
}, startMs)
afterAll(async () => {
  for (const phone of [citizens, trunk, ...(seats ?? [])]) await phone?.close()
  await hotline?.close()
  await media?.close()
  await rm(directory, { recursive: true })
})

async function post(path: string, body: object = {}, headers: Record<string, string> = program) {
  const answer = await fetch(`${hotline.url}${path.startsWith('/session') ? '' : '/api'}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', text }
}
const signIn = async (name: string) => ({
  origin: hotline.url,
  cookie: (await post('/session', { name, password }, { origin: hotline.url })).cookie,
})

let made = 0
const newNumber = () => `138${String(20_000_000 + made++)}`
const press = async (call: PhoneCall, ...keys: readonly string[]) => {
  for (const key of keys)
    await call.request(
      'INFO',
      [['Content-Type', 'application/dtmf-relay']],
      `Signal=${key}\r\nDuration=100\r\n`,
    )
}
const owed = async (number: string): Promise<CallbackView | undefined> =>
  (await hotline.api<CallbackPage>('/callbacks?limit=200')).callbacks.find(
    one => one.number === (number.startsWith('+') ? number : `+86${number}`),
  )
const isOwed = async (number: string): Promise<CallbackView> => {
  await expect.poll(() => owed(number), patience).toBeDefined()
  const found = await owed(number)
  if (!found) throw new Error('nothing is owed any more')
  return found
}
/** They wait for a person, for a moment. */
async function givesUp(number: string): Promise<CallbackView> {
  const call = await citizens.ring('12345', { from: number })
  await call.final
  await press(call, '0')
  await sleep(400)
  call.hangup()
  return isOwed(number)
}
/** The number that the trunk is to ring. */
const rungNumber = async (call: PhoneCall) =>
  /^INVITE sip:([^@;]+)/.exec((await call.final).start)?.[1]?.replace('+86', '')
const soon = () => AbortSignal.timeout(20_000)
const nobodyIsRung = async () =>
  expect(await trunk.rung.take(AbortSignal.timeout(2_500)).catch(() => undefined)).toBeUndefined()
const stands = async (seat: string, how: 'ready' | 'away') =>
  expect(await post(`/seats/${seat}/${how}`)).toMatchObject({ status: 200 })
const ready = (seat: string) => stands(seat, 'ready')
const away = (seat: string) => stands(seat, 'away')
const stateOf = async (seat: string) =>
  (await hotline.api<{ seats: readonly { name: string; state: string }[] }>('/seats')).seats.find(
    ({ name }) => name === seat,
  )?.state
/** Nothing is heard of it any more, and whoever asks it is told that it knows of no call: it was started anew. */
async function breaks(phone: PhoneCall) {
  phone.die('and-comes-back')
  await phone.port.close()
}

/** An order of theirs, as an agent writes it down. */
async function orderOf(number: string, more: object = {}): Promise<string> {
  const demand = { category: 'power-supply', matter: '停电三天', street: '望京街道', place: '3号楼' }
  const by = { role: 'seat', person: 's1' }
  const { status, text } = await post('/orders', { caller: `+86${number}`, ...demand, ...more, by })
  expect([status, text]).toEqual([201, expect.any(String)])
  return (JSON.parse(text) as { order: { number: string } }).order.number
}

/** The page of s1: it rings whoever is owed a callback, and is told why not. */
async function openDesk() {
  const socket = new WebSocket(`${hotline.url.replace('http', 'ws')}/seat/desk`, {
    headers: await signIn('s1'),
  })
  const refusals: string[] = []
  socket.on('message', text => {
    const message = JSON.parse(String(text)) as { kind: string; order?: string; code?: string }
    if (message.kind === 'refused') refusals.push(`${message.order} ${message.code}`)
  })
  await new Promise(resolve => socket.once('open', resolve))
  return {
    ring: (callback: string) => socket.send(JSON.stringify({ kind: 'call-back', callback })),
    refusals: () => refusals,
    close: () => socket.close(),
  }
}

/** Whoever must not be rung is on the list with why, is led to no seat, and rung by no agent. */
async function isLeftAlone(number: string, because: string) {
  const { id, ringing } = await givesUp(number)
  expect(ringing).toEqual({ by: 'nobody', because })
  await ready('s2')
  await nobodyIsRung()
  await away('s2')
  const desk = await openDesk()
  desk.ring(id)
  await expect.poll(desk.refusals, patience).toEqual(['call-back callback-not-to-be-rung'])
  desk.close()
  expect(await owed(number)).toMatchObject({ state: 'open', tries: [], triesLeft: 3 })
  expect((await post(`/callbacks/${id}/acts`, { do: 'take', by: 's1' })).status).toBe(200)
  await post(`/callbacks/${id}/acts`, { do: 'end', result: 'gave-up', by: 's1' })
  expect(await owed(number)).toBeUndefined()
}

/** Whoever asks for this one wants this one: a person hears their message. */
async function isRungByAPersonOnceTheyAsk(number: string) {
  const asks = await citizens.ring('12345', { from: number })
  await asks.final
  await press(asks, '2', '#', '#')
  await expect.poll(async () => (await owed(number))?.reasons, patience).toEqual(['message'])
  asks.hangup()
  const { id, ringing } = await isOwed(number)
  expect(ringing.by).toBe('person')
  await post(`/callbacks/${id}/acts`, { do: 'take', by: 's1' })
  await post(`/callbacks/${id}/acts`, { do: 'end', result: 'served', by: 's1' })
}

it('rings nobody whose latest order is to be told by text alone, and says so', {
  timeout: 60_000,
}, async () => {
  const number = newNumber()
  await orderOf(number, { contact: { mode: 'sms', number: `+86${number}` }, confidential: true })
  await isLeftAlone(number, 'confidential')
  await isRungByAPersonOnceTheyAsk(number)
})

it('shows as nobody’s to ring whoever says so in an order after they were owed a call, and why', {
  timeout: 60_000,
}, async () => {
  const number = newNumber()
  expect((await givesUp(number)).ringing).toEqual({ by: 'anyone', because: 'rang-us' })
  const ringingAfter = async (contact: object) => {
    await orderOf(number, { contact, anyway: true })
    return (await isOwed(number)).ringing
  }
  expect(await ringingAfter({ mode: 'sms', number: `+86${number}` })).toEqual({
    by: 'nobody',
    because: 'confidential',
  })
  expect(await ringingAfter({ mode: 'none' })).toEqual({ by: 'nobody', because: 'no-contact' })
  // Whoever was lost after such an order is judged the same.
  const later = newNumber()
  await orderOf(later, { contact: { mode: 'none' } })
  await isLeftAlone(later, 'no-contact')
})

it(
  'leaves a number that this city does not ring to a person, and counts no try',
  {
    timeout: 60_000,
  },
  () => isLeftAlone('+85291234567', 'out-of-reach'),
)

/** The citizen's telephone rings, and the agent's is there. */
async function whileRung(number: string, seat: SipPhone) {
  const own = await seat.rung.take(soon())
  if (!own) throw new Error('the seat is not rung')
  own.accept()
  const citizen = await trunk.rung.take(soon())
  if (!citizen) throw new Error('the citizen is not rung')
  expect(await rungNumber(citizen)).toBe(number)
  return { own, citizen }
}

it('brings a citizen to another seat whose agent’s phone broke while they were rung, led by the hotline', {
  timeout: 90_000,
}, async () => {
  const number = newNumber()
  const { id } = await givesUp(number)
  const [first, second] = seats
  if (!first || !second) throw new Error('no seats')
  await ready('s1')
  const { own, citizen } = await whileRung(number, first)
  await breaks(own)
  citizen.accept()
  await ready('s2')
  const other = await second.rung.take(AbortSignal.timeout(45_000))
  other?.accept()
  await expect.poll(() => stateOf('s2'), patience).toBe('talking')
  expect(await stateOf('s1')).not.toBe('talking')
  const { callback } = await hotline.api<{ callback: CallbackView }>(`/callbacks/${id}`)
  expect(callback).toMatchObject({ state: 'talking', takenBy: 's2' })
  citizen.hangup()
  await other?.ended
  await post(`/callbacks/${id}/acts`, { do: 'end', result: 'served', by: 's2' })
  await away('s1')
  await away('s2')
  expect(await owed(number)).toBeUndefined()
})

it('owes it still where an agent’s phone broke while they were rung by hand, and tells the agent', {
  timeout: 90_000,
}, async () => {
  const number = newNumber()
  const { id } = await givesUp(number)
  const [first] = seats
  if (!first) throw new Error('no seats')
  const desk = await openDesk()
  desk.ring(id)
  const { own, citizen } = await whileRung(number, first)
  await breaks(own)
  await expect.poll(() => stateOf('s1'), patience).not.toBe('calling')
  citizen.reject(486)
  await expect.poll(desk.refusals, patience).toEqual([expect.stringMatching(/^call-back seat-/)])
  await expect.poll(() => owed(number), patience).toMatchObject({ state: 'open', triesLeft: 3 })
  expect(await stateOf('s1')).not.toBe('calling')
  desk.close()
  await post(`/callbacks/${id}/acts`, { do: 'take', by: 's2' })
  await post(`/callbacks/${id}/acts`, { do: 'end', result: 'served', by: 's2' })
})

it('keeps a message of nothing but noise, and says that nobody speaks in it', {
  timeout: 60_000,
}, async () => {
  const number = newNumber()
  const call = await citizens.ring('12345', { from: number })
  await call.final
  await press(call, '2', '#')
  // A-law bytes at random are noise at the loudest.
  const samples = Int16Array.from({ length: 4 * 8_000 }, () => Math.round((Math.random() - 0.5) * 20_000))
  await sleep(300)
  await call.port.play([{ samples, durationMs: 4_000 } as never])
  await press(call, '#')
  const { id, losses, ringing } = await isOwed(number)
  call.hangup()
  await expect
    .poll(async () => (await owed(number))?.losses[0], patience)
    .toMatchObject({ hasMessage: true, hasVoice: false })
  expect([ringing.by, losses.length]).toEqual(['anyone', 1])
  const sound = await fetch(`${hotline.url}/api/callbacks/${id}/messages/${losses[0]?.call}`, {
    headers: program,
  })
  expect(sound.status).toBe(200)
  expect((await sound.arrayBuffer()).byteLength).toBeGreaterThan(4 * 8_000)
  await post(`/callbacks/${id}/acts`, { do: 'take', by: 's1' })
  await post(`/callbacks/${id}/acts`, { do: 'end', result: 'served', by: 's1' })
})

it('tells a caller that nobody has the language they chose, and gives them whoever is free at once', {
  timeout: 60_000,
}, async () => {
  const [, second] = seats
  if (!second) throw new Error('no seats')
  const busy = await citizens.ring('12345', { from: newNumber() })
  await busy.final
  await press(busy, '0')
  await ready('s2')
  const talk = await second.rung.take(soon())
  talk?.accept()
  await expect.poll(() => stateOf('s2'), patience).toBe('talking')
  const number = newNumber()
  const call = await citizens.ring('12345', { from: number })
  await call.final
  const rangMs = performance.now()
  await press(call, '3', '2')
  const prompts = async () =>
    (await hotline.facts()).flatMap(fact => (fact.kind === 'prompt' ? [String(fact.text)] : []))
  await expect
    .poll(prompts, patience)
    .toContainEqual(expect.stringContaining('nobody here who speaks English'))
  busy.hangup()
  await talk?.ended
  await ready('s2')
  const own = await second.rung.take(soon())
  // Where somebody speaks it, it is insisted on for ten seconds.
  expect(performance.now() - rangMs).toBeLessThan(9_000)
  own?.accept()
  await expect.poll(() => stateOf('s2'), patience).toBe('talking')
  call.hangup()
  await away('s2')
})
