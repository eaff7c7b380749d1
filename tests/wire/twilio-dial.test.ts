/** Calls out through Twilio's REST API: once each, whatever gets lost, and never past the limit. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { type Call, callMigrations, type DialOptions, dialMigrations } from '../../src/telephony/index.ts'
import { createDialBook } from '../../src/telephony/lines/twilio/dial-book.ts'
import { openTwilioRest } from '../../src/telephony/lines/twilio/twilio.ts'
import { callerId, openTwilioHouse } from '../support/twilio-house.ts'
import { nobody, type RungPhone } from '../support/twilio-rest.ts'

let house: Awaited<ReturnType<typeof openTwilioHouse>>
let rest: typeof house.rest
let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, [...callMigrations, ...dialMigrations])
  house = await openTwilioHouse({ portRange: [27_000, 27_499], database })
  rest = house.rest
})
afterAll(async () => {
  await house.close()
  await database.close()
})
afterEach(async () => {
  await expect.poll(() => house.line().size() + house.media.size() + rest.open(), { timeout: 5_000 }).toBe(0)
  expect(rest.faults).toEqual([])
  expect(rest.rung.size).toBe(0)
})

let last = 0
/** Everybody has a number of their own: what was asked of one does not disturb another. */
const someone = (): Someone => ({ kind: 'number', number: `+86138001380${10 + last++}` })
type Someone = { readonly kind: 'number'; readonly number: string }
const dial = (to: Someone, more: Partial<DialOptions> = {}) =>
  house.line().dial(to, { ringMs: 30_000, ...more })
const rings = async () => (await rest.rung.take()) as RungPhone
const callsTo = ({ number }: Someone) => rest.calls().filter(({ to }) => to === number)
const ordersTo = ({ number }: Someone) =>
  rest.orders.filter(({ order }) => order.To === number).map(({ said }) => said)

async function answered(to: Someone, more: Partial<DialOptions> = {}): Promise<[Call, RungPhone]> {
  const dialling = dial(to, more)
  const phone = await rings()
  phone.accept()
  return [await dialling, phone]
}

it('rings a number from ours, and tells who answered before the call is over', async () => {
  const to = someone()
  const [call, phone] = await answered(to)
  expect(phone.order).toMatchObject({ To: to.number, From: callerId, AsyncAmd: 'true', Timeout: 30 })
  expect(call).toMatchObject({ direction: 'out', caller: callerId, called: to.number, line: 'twilio' })
  phone.isHeardAs('machine_start')
  expect(await call.answeredBy).toBe('machine')
  expect(house.facts).toContainEqual({ kind: 'answered-by', who: 'machine', why: 'network' })
  await call.hangup()
  await phone.ended
  expect(callsTo(to)).toMatchObject([{ status: 'completed' }])
})

it('does not know who answered when the call is over before Twilio does', async () => {
  const [call, phone] = await answered(someone())
  phone.hangup()
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  expect(await call.answeredBy).toBe('unsure')
})

it('listens for no machine where a caller waits to be put through, nor on a seat’s telephone', async () => {
  const [near, first] = await answered(someone())
  const [other, second] = await answered(someone(), { near })
  expect(second.order.MachineDetection).toBeUndefined()
  const seat = house
    .line()
    .dial({ kind: 'seat', name: 's1', contact: `tel:${someone().number}` }, { ringMs: 9_000 })
  const third = await rings()
  expect(third.order.MachineDetection).toBeUndefined()
  third.reject()
  await expect(seat).rejects.toMatchObject({ code: 'busy' })
  await Promise.all([near.hangup(), other.hangup(), first.ended, second.ended])
})

it('asks again when Twilio has no room now, and makes one call', async () => {
  const to = someone()
  rest.mishaps.push('limit', 'lost-before')
  const [call] = await answered(to)
  expect(ordersTo(to)).toEqual([429, 503, 201])
  expect(callsTo(to)).toHaveLength(1)
  await call.hangup()
})

it('knows the call of an order whose reply was lost, and does not order it again', async () => {
  const to = someone()
  rest.mishaps.push('lost-after')
  const [call] = await answered(to)
  await call.hangup()
  expect(ordersTo(to)).toEqual([500])
})

it('finds the call of an order whose reply and webhooks were lost', async () => {
  const to = someone()
  rest.mishaps.push('mute')
  const giveUp = new AbortController()
  const refused = expect(dial(to, { signal: giveUp.signal })).rejects.toThrow('enough')
  const phone = await rings()
  await expect.poll(() => rest.lookedFor(to.number)).toBe(1)
  giveUp.abort(new Error('enough'))
  await refused
  await phone.ended
  expect(ordersTo(to)).toEqual([500])
})

it('ends the second of two calls that Twilio made of one order', async () => {
  const to = someone()
  rest.mishaps.push('late')
  const dialling = dial(to)
  const phones = [await rings(), await rings()]
  await Promise.race(phones.map(({ ended }) => ended))
  const [left] = callsTo(to).filter(({ status }) => status === 'ringing')
  phones.find(({ sid }) => sid === left?.sid)?.accept()
  const call = await dialling
  expect(
    callsTo(to)
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['canceled', 'in-progress'])
  await call.hangup()
})

it('ends a call that is made after who dialled has given up', async () => {
  const to = someone()
  const giveUp = new AbortController()
  rest.mishaps.push('lost-after')
  const refused = expect(dial(to, { signal: giveUp.signal })).rejects.toThrow('enough')
  await expect.poll(() => ordersTo(to)).toEqual([500])
  giveUp.abort(new Error('enough'))
  await refused
  await (await rings()).ended
  expect(callsTo(to)).toMatchObject([{ status: 'canceled' }])
})

it('rings nobody for one who has given up already', async () => {
  const to = someone()
  const giveUp = new AbortController()
  const refused = expect(dial(to, { signal: giveUp.signal })).rejects.toThrow('enough')
  giveUp.abort(new Error('enough'))
  await refused
  expect(callsTo(to)).toEqual([])
})

it('tells a number that is none from an account that is not let in', async () => {
  await expect(dial({ kind: 'number', number: '12' })).rejects.toMatchObject({ code: 'unreachable' })
  await expect(dial({ kind: 'number', number: nobody })).rejects.toMatchObject({ code: 'unreachable' })
  const strange = openTwilioRest({ accountSid: `AC${'6'.repeat(32)}`, authToken: 'wrong', apiUrl: rest.url })
  await expect(strange.find({ to: nobody, from: callerId })).rejects.toMatchObject({ code: 'rest-barred' })
})

it('rings for a job once: while it rings, after it was busy, and in another process', async () => {
  const to = someone()
  const job = 'job-busy'
  const dialling = dial(to, { job })
  await expect(dial(to, { job })).rejects.toMatchObject({ code: 'already-dialled' })
  const phone = await rings()
  phone.reject()
  await expect(dialling).rejects.toMatchObject({ code: 'busy' })
  await expect(dial(to, { job })).rejects.toMatchObject({ code: 'busy' })
  await house.startAnew()
  await expect(dial(to, { job })).rejects.toMatchObject({ code: 'busy' })
  expect(ordersTo(to)).toEqual([201])
})

it('ends what a process that died left ringing, and does not ring its job again', async () => {
  const to = someone()
  // Who dialled there rings on until the other process has ended the call, however slow the machine.
  const gone = new AbortController()
  const left = expect(dial(to, { job: 'job-left', signal: gone.signal })).rejects.toThrow('gone')
  const phone = await rings()
  await house.startAnew()
  await expect(dial(to, { job: 'job-left' })).rejects.toMatchObject({ code: 'already-dialled' })
  await phone.ended
  gone.abort(new Error('gone'))
  await left
  expect(ordersTo(to)).toEqual([201])
})

it('finds the call of a job that was written down, and of which no reply was heard', async () => {
  const to = someone()
  await createDialBook(database).begin('job-unheard', systemClock.now())
  const [call, phone] = await answered(to)
  phone.hangup()
  await call.ended
  await house.startAnew()
  await expect(dial(to, { job: 'job-unheard' })).rejects.toMatchObject({ code: 'already-dialled' })
  const other = someone()
  await createDialBook(database).begin('job-of-nothing', systemClock.now())
  const [made] = await answered(other, { job: 'job-of-nothing' })
  await made.hangup()
  expect(ordersTo(other)).toEqual([201])
})
