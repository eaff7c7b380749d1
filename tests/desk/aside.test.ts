/** A seat with a telephone of its own, which holds, rings somebody by a second call, and presses transfer. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { askAside } from '../../src/desk/index.ts'
import type { Call, LoopbackPhone } from '../../src/telephony/index.ts'
import { openDeskHouse } from './house.ts'

type House = Awaited<ReturnType<typeof openDeskHouse>>

let house: House
beforeEach(async () => {
  house = await openDeskHouse()
})
afterEach(async () => {
  await house.close()
  expect(house.line.size()).toBe(0)
  expect(house.clock.pending()).toBe(0)
})
const settle = () => house.clock.advance(0)
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    error => error.code as string,
  )
const talk = (seat = 's1') => {
  const found = house.desk.at(seat)
  if (!found) throw new Error(`${seat} has nobody`)
  return found
}
let said = 0
/** Who of these hears it when one says something: by their letters. */
const hearers = (speaker: LoopbackPhone, others: Readonly<Record<string, LoopbackPhone | undefined>>) => {
  const words = `句 ${++said}`
  speaker.say(words)
  return Object.entries(others)
    .filter(([, phone]) => phone?.heard.some(({ text }) => text === words))
    .map(([name]) => name)
    .join('')
}

/** A caller who talks to s1, whose telephone is about to ring s2. */
async function talking(answers: (phone: LoopbackPhone) => void = phone => phone.accept()) {
  const one = house.seat('s1')
  house.desk.setReady('s1')
  const caller = await house.caller('wang')
  await settle()
  const two = house.seat('s2', answers)
  house.desk.setReady('s2')
  /** The second call of the telephone, as the line would hand it over. */
  const rings = async (dialled: string) => {
    const own = await house.line.dial(
      { kind: 'seat', name: 's1', contact: 'sip:s1@127.0.0.1:5090' },
      { near: talk().call, ringMs: 60_000 },
    )
    const outside = { numbers: [], ringOutside: () => Promise.reject(new Error('nobody')) }
    const asked = refusal(askAside(house.desk, 's1', dialled, own, outside))
    await settle()
    return { own, asked }
  }
  const people = () => ({ c: caller.phone, s: one.rings[0], a: one.rings[1], t: two.rings[0] })
  return { caller, one, two, rings, people, first: () => one.rings[0]!, aside: () => one.rings[1]! }
}
/** The seat's telephone has its caller on hold and talks to s2. */
async function consulting() {
  const all = await talking()
  all.first().hold()
  await settle()
  const { own, asked } = await all.rings('s2')
  expect(await asked).toBe('done')
  return { ...all, own }
}
const callOf = (all: { readonly caller: { readonly call: Call } }) => all.caller.call

it('hears music while the telephone holds, and the seat again after it', async () => {
  const { caller, people, first } = await talking()
  first().hold()
  await settle()
  expect([talk().phase, caller.phone.heard.at(-1)?.text]).toEqual(['held', '♪'])
  expect(hearers(first(), people())).toBe('')
  first().resume()
  await settle()
  expect([talk().phase, hearers(first(), people())]).toEqual(['talking', 'c'])
  expect(caller.facts.slice(-2)).toEqual([
    { kind: 'held', held: true },
    { kind: 'held', held: false },
  ])
})

it('takes nobody off a hold of the seat’s page', async () => {
  const { first } = await talking()
  first().hold()
  await settle()
  await talk().resume()
  await talk().hold()
  first().resume()
  await settle()
  expect(talk().phase).toBe('talking')
})

it('is joined with whom the telephone rang, once it presses transfer; the first seat is free', async () => {
  const all = await consulting()
  const { caller, one, two, people, aside, own } = all
  expect(talk().phase).toBe('consulting')
  expect(hearers(aside(), people())).toBe('t')
  expect([hearers(two.rings[0]!, people()), hearers(caller.phone, people())]).toEqual(['a', ''])
  expect(caller.phone.heard.some(({ text }) => text === '♪')).toBe(true)
  await talk().leaveBy(own)
  await settle()
  expect([one.state(), two.state()]).toEqual(['wrap-up', 'talking'])
  expect(house.desk.at('s1')).toBeUndefined()
  expect([hearers(caller.phone, people()), hearers(two.rings[0]!, people())]).toEqual(['t', 'c'])
  expect(await Promise.all(one.rings.map(({ ended }) => ended))).toMatchObject([{ by: 'us' }, { by: 'us' }])
  expect(talk('s2').call).toBe(callOf(all))
})

it('is joined by the transfer key in either of the two calls', async () => {
  const { caller, people } = await consulting()
  const leg = house.desk.at('s1')?.call
  expect(leg).toBe(caller.call)
  const connected = caller.facts.find(({ kind }) => kind === 'connected')
  expect(connected).toMatchObject({ seat: 's1' })
  expect(hearers(caller.phone, people())).toBe('')
  expect(await refusal(talk().leaveBy(caller.call))).toBe('not-now')
  expect(talk().phase).toBe('consulting')
})

it('goes from one to the other, and joins them in the telephone', async () => {
  const { two, people, first, aside, caller } = await consulting()
  aside().hold()
  first().resume()
  await settle()
  expect([talk().phase, hearers(first(), people()), two.rings[0]!.heard.at(-1)?.text]).toEqual([
    'swapped',
    'c',
    '♪',
  ])
  aside().resume()
  await settle()
  expect([talk().phase, hearers(first(), people()), hearers(aside(), people())]).toEqual(['joined', 'c', 't'])
  // What the caller says reaches the third by the telephone alone, and so never twice.
  expect(hearers(caller.phone, people())).toBe('s')
  first().hold()
  await settle()
  expect(talk().phase).toBe('consulting')
  for (const move of ['swap', 'join', 'hold', 'holdThird'] as const)
    expect(await refusal(talk()[move]())).toBe('not-now')
})

it('keeps its caller on hold when the second call is over, until the telephone takes them back', async () => {
  const { two, people, first, aside } = await consulting()
  aside().hangup()
  await settle()
  expect([talk().phase, two.state(), talk().parties.third]).toEqual(['held', 'wrap-up', undefined])
  first().resume()
  await settle()
  expect([talk().phase, hearers(first(), people())]).toEqual(['talking', 'c'])
})

it('ends the second call when whom it rang hangs up, or is not there', async () => {
  const { two, aside } = await consulting()
  two.rings[0]!.hangup()
  await settle()
  expect(await aside().ended).toMatchObject({ by: 'us' })
  expect(talk().phase).toBe('held')
})

it('rings nobody any more once the telephone hangs up its second call', async () => {
  const { rings, aside, two, caller } = await talking(() => undefined)
  const { asked } = await rings('s2')
  expect([talk().phase, two.rings.length, caller.phone.heard.at(-1)?.text]).toEqual(['calling', 1, '♪'])
  aside().hangup()
  await settle()
  expect(await asked).toBe('cancelled')
  await settle()
  expect([talk().phase, two.state()]).toEqual(['talking', 'ready'])
})

it('rings nobody whom it may not, and changes nothing then', async () => {
  const { rings, first, people } = await talking()
  for (const nobody of ['110', '+8613800138000', 's3', '']) {
    const { own, asked } = await rings(nobody)
    expect(await asked).toBe('number-not-listed')
    await own.hangup()
  }
  const { own, asked } = await rings('s1')
  expect(await asked).toBe('seat-not-ready')
  await own.hangup()
  expect([talk().phase, hearers(first(), people())]).toEqual(['talking', 'c'])
})

it('stays with the third when the seat hangs up the call that it has on hold', async () => {
  const { caller, two, people, first, aside } = await consulting()
  first().hangup()
  await settle()
  expect(await aside().ended).toMatchObject({ by: 'us' })
  expect([two.state(), hearers(caller.phone, people())]).toEqual(['talking', 't'])
})

it('goes to another seat when the telephone hangs up at the news that its transfer failed, as some do by themselves', async () => {
  const { caller, two, people, first } = await talking()
  talk().notMoved()
  await house.clock.advance(100)
  first().hangup()
  await settle()
  await settle()
  expect([caller.end(), two.state(), hearers(caller.phone, people())]).toEqual([undefined, 'talking', 't'])
})

it('is over when the agent hangs up later than that', async () => {
  const { caller, first } = await talking()
  talk().notMoved()
  await house.clock.advance(1_000)
  first().hangup()
  await settle()
  expect(caller.end()).toBe('served')
})
