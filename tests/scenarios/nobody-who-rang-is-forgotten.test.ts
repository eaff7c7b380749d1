/** Whoever is not served is owed a callback before a word of it is said, whatever fails meanwhile. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { CallbackView } from '../../src/callbacks/index.ts'
import { exampleCity, instantOf } from '../../src/city/index.ts'
import { createManualClock, Fault, type ManualClock } from '../../src/foundation/index.ts'
import type { Key } from '../../src/media/index.ts'
import { createScriptedRecognizer, type Recognizer } from '../../src/speech/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { type AmdEar, earForWords } from '../../src/telephony/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

const emptied = sql.raw(
  'delete from callback_events; delete from callback_losses; delete from callbacks; delete from calls; delete from call_facts; delete from pgboss.job',
)
const keysOf = (number: string) => [...number] as Key[]

let database: Database
let hotline: Hotline
/** A database that can be taken away: all that is asked of it fails meanwhile. */
let isAway = false
const away = () =>
  new Fault({ code: 'database-away', place: 'database', found: 'no connection', expected: 'one' })
const breakable = (real: Database): Database => ({
  ...real,
  query: (...asked) => (isAway ? Promise.reject(away()) : real.query(...asked)),
  execute: (...asked) => (isAway ? Promise.reject(away()) : real.execute(...asked)),
  transaction: (...asked) => (isAway ? Promise.reject(away()) : real.transaction(...asked)),
  ping: () => (isAway ? Promise.reject(away()) : real.ping()),
})

beforeAll(async () => {
  database = await openTables()
}, 120_000)
afterAll(() => database.close())
beforeEach(() => {
  isAway = false
})
afterEach(async () => {
  isAway = false
  await hotline.close()
  await database.execute(emptied)
})

const open = async (
  env: Readonly<Record<string, string>> = {},
  more: { readonly ear?: AmdEar; readonly recognizer?: Recognizer; readonly clock?: ManualClock } = {},
) => {
  hotline = await openHotline(breakable(database), { env, ...more })
}
const owed = async (): Promise<readonly CallbackView[]> => {
  await hotline.stored.flush()
  return (await hotline.callbacks.list({ limit: 200 })).callbacks
}
/** Time passes until it is so. */
const until = (look: () => Promise<unknown> | unknown) =>
  expect.poll(async () => {
    await hotline.clock.advance(500)
    return look()
  })
const full = { QUEUE_CAPACITY: '1' }
/** Somebody is in the queue already. */
const fillQueue = async () => {
  const first = hotline.rings({ from: '13700137000' })
  await first.hears('12345热线')
  first.presses('0')
  await hotline.happens('queued')
  return first
}

it('is owed to whoever finds the queue full, before they are told so', async () => {
  await open(full)
  await fillQueue()
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('0')
  await caller.hears('我们会尽快给您回电')
  const [one] = (await hotline.callbacks.list({ limit: 9 })).callbacks
  expect(one).toMatchObject({ number: '+8613800138000', reasons: ['queue-full'] })
})

it('is owed to whoever presses 4 in the queue, in their turn', async () => {
  await open()
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  caller.presses('4')
  await caller.hears('轮到您时')
  expect(await owed()).toMatchObject([{ number: '+8613800138000', reasons: ['asked'] }])
})

it('has the message that somebody left, by the number that they gave', async () => {
  await open()
  const caller = hotline.rings({ from: '' })
  await caller.hears('12345热线')
  caller.presses('2')
  await caller.hears('请输入您的11位')
  caller.presses(...keysOf('13900139000'))
  await caller.hears('您的号码是')
  caller.presses('1')
  await caller.hears('请说出您的诉求')
  caller.presses('#')
  await hotline.happens('recording')
  caller.presses('#')
  await caller.hears('您的留言已收到')
  const [one] = await owed()
  expect(one).toMatchObject({
    number: '+8613900139000',
    reasons: ['message'],
    ringing: { by: 'person', because: 'keyed' },
    losses: [{ hasMessage: true }],
  })
})

it('is owed by the number that they keyed, though they hang up while it is read back', async () => {
  await open()
  const caller = hotline.rings({ from: '' })
  await caller.hears('12345热线')
  caller.presses('2')
  await caller.hears('请输入您的11位')
  caller.presses(...keysOf('13900139000'))
  await caller.hears('您的号码是')
  caller.hangsUp()
  await until(async () => (await owed()).length).toBe(1)
  expect(await owed()).toMatchObject([
    { number: '+8613900139000', reasons: ['asked'], ringing: { by: 'person', because: 'keyed' } },
  ])
})

/** Key 2 in the hotline, and a message that goes on until `ends`. */
const leavesMessage = async () => {
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('2')
  await caller.hears('请说出您的诉求')
  caller.presses('#')
  await hotline.happens('recording')
  return caller
}

it('has the words of the message beside it, where a recognizer is on', async () => {
  await open({}, { ear: earForWords, recognizer: createScriptedRecognizer() })
  const caller = await leavesMessage()
  caller.says('望京三号楼没有暖气')
  await hotline.clock.advance(3_000)
  caller.presses('#')
  await caller.hears('您的留言已收到')
  await until(async () => (await owed())[0]?.losses[0]?.words).toBe('望京三号楼没有暖气')
  expect(await owed()).toMatchObject([{ losses: [{ hasMessage: true, hasVoice: true }] }])
  caller.hangsUp()
})

it('says of a message that nobody speaks in it, and owes a callback for it all the same', async () => {
  await open({}, { ear: earForWords })
  const caller = await leavesMessage()
  await hotline.clock.advance(8_000)
  caller.hangsUp()
  await hotline.happens('ended')
  await until(async () => (await owed())[0]?.losses[0]?.hasVoice).toBe(false)
  expect(await owed()).toMatchObject([
    { number: '+8613800138000', state: 'open', reasons: ['message'], losses: [{ hasMessage: true }] },
  ])
})

it('goes over to the other number that they give', async () => {
  await open()
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('2')
  await caller.hears('请说出您的诉求')
  caller.presses('#')
  await hotline.happens('recording')
  caller.presses('#')
  await caller.hears('您的留言已收到')
  caller.presses('1')
  await caller.hears('请输入我们回电的11位')
  caller.presses(...keysOf('13900139000'))
  await caller.hears('您的号码是')
  caller.presses('1')
  await caller.hears('感谢您的来电')
  expect((await owed()).map(({ number }) => number)).toEqual(['+8613900139000'])
})

it('is owed to whoever hangs up after twelve seconds in the queue, and not after eight', async () => {
  await open()
  for (const [from, seconds] of [
    ['13800138000', 12],
    ['13900139000', 8],
  ] as const) {
    const caller = hotline.rings({ from })
    await caller.hears('12345热线')
    caller.presses('0')
    await hotline.happens('queued')
    await hotline.clock.advance(seconds * 1000)
    caller.hangsUp()
    await hotline.happens('ended')
  }
  expect((await owed()).map(({ number }) => number)).toEqual(['+8613800138000'])
})

it('is on the disk while the database is away, and in it once that is back', async () => {
  await open()
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  isAway = true
  caller.presses('4')
  await hotline.clock.advance(1_000)
  await caller.hears('轮到您时')
  expect(hotline.stored.figures().spilled).toBeGreaterThan(0)
  await hotline.clock.advance(20_000)
  isAway = false
  await hotline.clock.advance(2_000)
  await expect.poll(async () => (await owed()).map(({ number }) => number)).toEqual(['+8613800138000'])
})

it('is no more once they ring again and are served', async () => {
  await open()
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  caller.presses('4')
  await caller.hears('轮到您时')
  caller.hangsUp()
  expect(await owed()).toHaveLength(1)
  const seat = hotline.seat('s1')
  const again = hotline.rings({ from: '13800138000' })
  await again.hears('12345热线')
  again.presses('0')
  await seat.answers()
  await hotline.happens('connected')
  again.hangsUp()
  await expect.poll(async () => (await owed()).length).toBe(0)
  expect((await hotline.callbacks.list({ limit: 9, state: 'closed' })).callbacks).toMatchObject([
    { end: 'rang-again' },
  ])
})

/** Somebody waits for twelve seconds and hangs up. */
const givesUp = async (from: string) => {
  const caller = hotline.rings({ from })
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  await hotline.clock.advance(12_000)
  caller.hangsUp()
  await hotline.happens('ended')
  await hotline.stored.flush()
}
const stateOf = async (number: string) => {
  const { callbacks } = await hotline.callbacks.list({ limit: 9 })
  return callbacks.find(one => one.number === number)
}
it('is rung by the hotline itself, where the city wants that: the agent whose turn it is takes it as a call', async () => {
  await open({ CALLBACK_LEAD: 'hotline', SEAT_WRAP_UP_SECONDS: '0' })
  const theirs = hotline.plugIn('+8613800138000')
  await givesUp('13800138000')
  const seat = hotline.seat('s1')
  await until(() => hotline.desk.outgoing('s1')).toMatchObject({
    number: '+8613800138000',
    rings: 'seat',
    isOffered: true,
  })
  expect(await stateOf('+8613800138000')).toMatchObject({ state: 'taken', takenBy: 's1' })
  const agent = await seat.answers()
  const citizen = await theirs.answers()
  await hotline.happens('connected')
  agent.says('您好，这里是12345，您刚才来过电。')
  await citizen.hears('您刚才来过电')
  await hotline.stored.flush()
  expect(await stateOf('+8613800138000')).toMatchObject({ state: 'talking', takenBy: 's1' })
  citizen.hangsUp()
  await until(() => hotline.desk.seats()[0]?.state).toBe('ready')
  const { id = '' } = (await stateOf('+8613800138000')) ?? {}
  await hotline.callbacks.act(id, { do: 'end', result: 'served' }, { person: 's1', isSupervisor: false })
  expect(await owed()).toEqual([])
})

it('wakes nobody at night: of two who are owed it, the hotline rings only whoever rang just now', async () => {
  const clock = createManualClock(instantOf('2026-01-05 19:30', exampleCity.timeZone))
  await open({ CALLBACK_LEAD: 'hotline', SEAT_WRAP_UP_SECONDS: '0' }, { clock })
  await givesUp('13800138000')
  await clock.advance(2 * 3_600_000)
  const theirs = hotline.plugIn('+8613900139000')
  await givesUp('13900139000')
  const seat = hotline.seat('s1')
  await until(() => hotline.desk.outgoing('s1')?.number).toBe('+8613900139000')
  await seat.answers()
  const citizen = await theirs.answers()
  await hotline.happens('connected')
  citizen.hangsUp()
  await until(() => hotline.desk.seats()[0]?.state).toBe('ready')
  await clock.advance(120_000)
  expect(hotline.desk.outgoing('s1')).toBeUndefined()
  expect(await stateOf('+8613800138000')).toMatchObject({ state: 'open', tries: [] })
})

it('is owed on where a machine answers, and rung again by the rules', async () => {
  await open({ CALLBACK_LEAD: 'hotline' }, { ear: earForWords })
  const theirs = hotline.plugIn('+8613800138000')
  await givesUp('13800138000')
  const seat = hotline.seat('s1')
  const agent = seat.answers()
  await until(() => hotline.desk.outgoing('s1')?.rings).toBe('citizen')
  await agent
  const machine = await theirs.answers()
  await hotline.happens('connected')
  machine.says('您好我现在不方便接听请在提示音之后留言')
  await hotline.clock.advance(4_000)
  machine.says('[beep]')
  await until(async () => (await stateOf('+8613800138000'))?.state).toBe('open')
  const { notBeforeMs = 0, tries } = (await stateOf('+8613800138000')) ?? {}
  expect(tries).toHaveLength(1)
  expect(notBeforeMs - hotline.clock.now()).toBeGreaterThan(50 * 60_000)
})

it('goes with the order that is erased', async () => {
  await open()
  const caller = hotline.rings({ from: '13800138000' })
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  caller.presses('4')
  await caller.hears('轮到您时')
  await database.transaction(tx => hotline.callbacks.forget(tx, '2601050000127', '+8613800138000'))
  expect(await owed()).toEqual([])
})

it('is a row for each of two hundred losses before the words, in the order of the INVITE', async () => {
  await open(full)
  await fillQueue()
  const numbers = Array.from({ length: 200 }, (_, index) => `13${800_000_000 + index}`)
  for (const from of numbers) {
    const caller = hotline.rings({ from })
    await caller.hears('12345热线')
    caller.presses('0')
    await caller.hears('我们会尽快给您回电')
    const { callbacks } = await hotline.callbacks.list({ limit: 200, reason: 'queue-full' })
    expect(callbacks.at(-1)?.number).toBe(`+86${from}`)
    caller.hangsUp()
    await hotline.clock.advance(10)
  }
  const all = (await owed()).filter(({ reasons }) => reasons.includes('queue-full'))
  expect(all.map(({ number }) => number)).toEqual(numbers.map(number => `+86${number}`))
  // Each is rung once, in that order, within the limit.
  const agent = { person: '赵', isSupervisor: false }
  for (const _ of numbers) {
    const { callbacks } = await hotline.callbacks.list({ limit: 1, due: true })
    const id = callbacks[0]?.id ?? ''
    await hotline.callbacks.act(id, { do: 'take' }, agent)
    await hotline.callbacks.act(id, { do: 'ring' }, agent)
    await hotline.callbacks.act(id, { do: 'end', result: 'served' }, agent)
    await hotline.clock.advance(5_000)
  }
  const counts = await hotline.callbacks.counts()
  expect(counts).toMatchObject({ owed: 0, made: 200, kept: 200, missed: 0 })
}, 120_000)
