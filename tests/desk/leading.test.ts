/** The hotline leads callbacks: a seat is held for whoever is owed one, asked as for a caller, and rings them. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LedQueue, OutgoingEnd, OwedCall } from '../../src/desk/index.ts'
import type { Id } from '../../src/foundation/index.ts'
import type { LoopbackPhone } from '../../src/telephony/index.ts'
import { openDeskHouse } from './house.ts'

const number = '+8613800138000'
const numberOf = (callback: string) => (callback === 'back_english' ? '+8613900139000' : number)
const back = (name: string) => `back_${name}` as Id<'back'>
const lets = () => undefined

let house: Awaited<ReturnType<typeof openDeskHouse>>
/** Callbacks that were taken, for which seat, and how each ended. */
let taken: string[]
let ends: OutgoingEnd[]
let owe: LedQueue['owe']
/** None can be taken: somebody was quicker, or they want no calls. */
let isGone = false

beforeEach(async () => {
  house = await openDeskHouse()
  taken = []
  ends = []
  isGone = false
  const queue = house.desk.leadCallbacks(async (callback, seat) => {
    taken.push(`${callback} ${seat}`)
    if (isGone) return undefined
    return {
      number: numberOf(callback),
      ring: (near, signal) =>
        house.line.dial(
          { kind: 'number', number: numberOf(callback) },
          { from: { number: '12345' }, near, signal, ringMs: 45_000 },
        ),
      over: async end => void ends.push(end),
    }
  })
  owe = queue.owe
})
afterEach(async () => {
  await house.close()
  expect([house.line.size(), house.clock.pending()]).toEqual([0, 0])
})

const settle = () => house.clock.advance(0)
const stateOf = (name: string) => house.desk.seats().find(seat => seat.name === name)
const owed = (name: string, agoMs: number, more: Partial<OwedCall> = {}): OwedCall => ({
  id: back(name),
  sinceMs: house.clock.now() - agoMs,
  priority: 0,
  skills: [],
  ...more,
})
function citizen(answers: (phone: LoopbackPhone) => void = phone => phone.accept()) {
  const rings: LoopbackPhone[] = []
  for (const one of [number, numberOf('back_english')])
    house.line.plugIn(one, phone => {
      rings.push(phone)
      answers(phone)
    })
  return rings
}
const ready = (name: string, answers?: (phone: LoopbackPhone) => void) => {
  const seat = house.seat(name, answers)
  house.desk.setReady(name)
  return seat
}

it('asks the seat that is free, tells it whose callback it is, and rings once it is taken', async () => {
  const theirs = citizen()
  const seat = ready('s1', lets)
  await owe([owed('wang', 60_000)])
  await settle()
  expect([stateOf('s1')?.state, seat.rings.length, theirs.length]).toEqual(['offered', 1, 0])
  expect(house.desk.outgoing('s1')).toEqual({
    callback: 'back_wang',
    number,
    rings: 'seat',
    isOffered: true,
  })
  seat.rings[0]!.accept()
  await settle()
  expect([stateOf('s1')?.state, theirs.length]).toEqual(['talking', 1])
  expect(house.desk.at('s1')).toMatchObject({ about: { kind: 'callback', id: 'back_wang' } })
  theirs[0]!.hangup()
  await settle()
  expect([taken, ends]).toEqual([['back_wang s1'], [{ kind: 'talked' }]])
  expect(await house.desk.waiting()).toEqual([])
})

it('never goes before a caller who stayed with an earlier INVITE, and goes before those who rang later', async () => {
  const theirs = citizen()
  const early = await house.caller('early')
  await house.clock.advance(10_000)
  await owe([owed('wang', 0)])
  await house.clock.advance(10_000)
  const late = await house.caller('late')
  // Told is the place among those on the line.
  expect(late.places.at(-1)).toBe(2)
  const first = ready('s1')
  await settle()
  expect([first.rings.length, taken, stateOf('s1')?.caller]).toEqual([1, [], early.call.id])
  const second = ready('s2')
  await settle()
  expect([second.rings.length, taken, theirs.length]).toEqual([1, ['back_wang s2'], 1])
  expect(late.end()).toBeUndefined()
  ready('s3')
  await settle()
  expect(stateOf('s3')?.caller).toBe(late.call.id)
})

it('gives an elder citizen their priority, and keeps a language for those who speak it', async () => {
  citizen(lets)
  await owe([
    owed('plain', 60_000),
    owed('elder', 50_000, { priority: 10 }),
    owed('english', 5_000, { skills: ['en'] }),
  ])
  house.seat('s2')
  house.desk.setSkills('s2', ['en'])
  ready('s1')
  await settle()
  house.desk.setReady('s2')
  await settle()
  expect(taken).toEqual(['back_elder s1', 'back_english s2'])
})

it('counts a seat that declines, and asks another', async () => {
  citizen(lets)
  ready('s1', phone => phone.reject('declined'))
  await owe([owed('wang', 60_000)])
  await settle()
  expect(stateOf('s1')).toMatchObject({ state: 'resting', declined: 1 })
  expect(ends).toEqual([{ kind: 'failed', reason: 'rejected' }])
  ready('s2')
  await owe([owed('wang', 60_000)])
  await settle()
  expect([taken, stateOf('s2')?.state]).toEqual([['back_wang s1', 'back_wang s2'], 'calling'])
})

it('sets a seat aside that does not answer, as for any offer', async () => {
  ready('s1', lets)
  await owe([owed('wang', 60_000)])
  await house.clock.advance(20_000)
  expect(stateOf('s1')).toMatchObject({ state: 'set-aside', reason: 'no-answer', unanswered: 1 })
  expect(ends).toEqual([{ kind: 'failed', reason: 'no-answer' }])
})

it('leaves a seat free for the next where nobody is reached, or nothing is to be rung any more', async () => {
  citizen(phone => phone.reject('declined'))
  ready('s1')
  await owe([owed('wang', 60_000)])
  await settle()
  expect([ends, stateOf('s1')?.state]).toEqual([[{ kind: 'nobody', reason: 'rejected' }], 'ready'])
  isGone = true
  await owe([owed('li', 50_000)])
  await settle()
  expect([taken, stateOf('s1')?.state]).toEqual([['back_wang s1', 'back_li s1'], 'ready'])
  const caller = await house.caller('zhao')
  await settle()
  expect(stateOf('s1')?.caller).toBe(caller.call.id)
})

it('has nobody twice, however often it is told, and lets go of whoever is owed none any more', async () => {
  citizen(lets)
  const both = [owed('wang', 60_000), owed('li', 50_000)]
  await owe(both)
  ready('s1')
  await settle()
  await owe(both)
  expect((await house.desk.waiting()).map(({ id }) => id)).toEqual(['back_wang', 'back_li'])
  await owe([])
  ready('s2')
  await settle()
  expect([taken, stateOf('s2')?.state]).toEqual([['back_wang s1'], 'ready'])
})

it('holds the seat: nobody else is offered there, and it cannot ring somebody else meanwhile', async () => {
  const theirs = citizen(lets)
  const seat = ready('s1', lets)
  await owe([owed('wang', 60_000)])
  await settle()
  const caller = await house.caller('zhao')
  await settle()
  expect([seat.rings.length, caller.end()]).toEqual([1, undefined])
  await expect(
    house.desk.callOut('s1', {
      callback: 'back_other',
      number: '+8613900139000',
      ring: () => Promise.reject(new Error('never')),
    }),
  ).rejects.toMatchObject({ code: 'seat-not-ready' })
  expect(theirs.length).toBe(0)
})

it('joins a citizen who rings while the seat is asked', async () => {
  const theirs = citizen()
  const seat = ready('s1', phone => {
    if (seat.rings.length > 1) phone.accept()
  })
  await owe([owed('wang', 60_000)])
  await settle()
  house.line.ring({ from: number, to: '12345' })
  await settle()
  const meets = house.desk.meets(house.incoming().at(-1)!)
  await settle()
  seat.rings[0]!.accept()
  await settle()
  expect([stateOf('s1')?.state, theirs.length]).toEqual(['talking', 0])
  await house.desk.at('s1')!.call.hangup()
  await settle()
  expect([await meets, ends]).toEqual([true, [{ kind: 'talked' }]])
})

it('brings whoever answers to the head of the queue where the phone of the seat broke meanwhile', async () => {
  const theirs = citizen(lets)
  const seat = ready('s1')
  await owe([owed('wang', 60_000)])
  await settle()
  const caller = await house.caller('zhao')
  seat.rings[0]!.vanish('media-timeout')
  await settle()
  theirs[0]!.accept()
  await settle()
  ready('s2')
  await settle()
  expect(house.desk.at('s2')?.about).toEqual({ kind: 'callback', id: 'back_wang' })
  expect(caller.end()).toBeUndefined()
  theirs[0]!.hangup()
  await settle()
  expect(ends).toEqual([{ kind: 'talked' }])
})

it('tells a caller their place among those on the line: callbacks have seats of their own', async () => {
  await owe([owed('one', 60_000), owed('two', 50_000)])
  const first = await house.caller('wang')
  await house.clock.advance(1)
  const second = await house.caller('li')
  await house.clock.advance(1_000)
  expect([first.places, second.places]).toEqual([[1], [2]])
  expect(second.facts).toContainEqual(expect.objectContaining({ kind: 'queued', place: 2 }))
})
