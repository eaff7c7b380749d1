import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/desk/decision.ts'
import { type CallQueue, join, moveToHead, rankOf, setOffered, type WaitingId } from '../../src/desk/queue.ts'
import { ordinaryRules as rules } from '../../src/desk/queue-rules.ts'
import { isFit, lackingOf, needOf, presentOf, type QueueSeat } from '../../src/desk/skills.ts'
import { overlookedIn } from '../../src/desk/watchdog.ts'
import type { CallId } from '../../src/telephony/index.ts'

const second = 1_000
const id = (name: string) => name as CallId
const queueOf = (...callers: readonly (readonly [name: string, sinceMs: number, ...skills: string[]])[]) =>
  callers.reduce<CallQueue>(
    (queue, [name, sinceMs, ...skills]) =>
      join(queue, { id: id(name), sinceMs, rankMs: rankOf(sinceMs, 0, rules), skills }),
    [],
  )
/** The earlier in the list, the longer idle. */
const seatsOf = (...seats: readonly (readonly [name: string, ...skills: string[]])[]): readonly QueueSeat[] =>
  seats.map(([name, ...skills], turn) => ({ name, skills, isReady: true, turn }))
const busy = (seat: QueueSeat): QueueSeat => ({ ...seat, isReady: false })
const pairs = (queue: CallQueue, seats: readonly QueueSeat[], nowMs = 0) =>
  decide(queue, seats, rules, nowMs).map(({ id, seat }) => `${id} ${seat}`)

describe('who is offered to whom', () => {
  it('is the longest waiting caller to the seat that has been idle longest', () => {
    expect(pairs(queueOf(['b', 2], ['a', 1]), seatsOf(['s1'], ['s2'], ['s3']))).toEqual(['a s1', 'b s2'])
  })

  it('leaves out callers for whom a seat rings, and seats that are busy', () => {
    const queue = setOffered(queueOf(['a', 1], ['b', 2]), id('a'), true)
    expect(pairs(queue, [...seatsOf(['s1']).map(busy), ...seatsOf(['s2'])])).toEqual(['b s2'])
  })

  it('gives who wishes for a skill to a seat that has it, and lets the next one by meanwhile', () => {
    const [plain, english] = seatsOf(['s1'], ['s2', 'en'])
    const queue = queueOf(['english', 0, 'en'], ['other', 1])
    expect(pairs(queue, [plain!, english!])).toEqual(['english s2', 'other s1'])
    expect(pairs(queue, [plain!, busy(english!)])).toEqual(['other s1'])
  })

  it('keeps seats with a rare skill free for those who need them', () => {
    expect(pairs(queueOf(['other', 0]), seatsOf(['s1', 'en', 'sign'], ['s2', 'en'], ['s3']))).toEqual([
      'other s3',
    ])
    expect(pairs(queueOf(['other', 0]), seatsOf(['s1', 'en', 'sign'], ['s2', 'en']))).toEqual(['other s2'])
  })

  it('insists on a skill for a while only, and gives the place that they have had all along', () => {
    const [plain, english] = seatsOf(['s1'], ['s2', 'en'])
    const queue = queueOf(['english', 0, 'en'], ['other', 1])
    expect(pairs(queue, [plain!, busy(english!)], rules.insist.otherMs - 1)).toEqual(['other s1'])
    expect(pairs(queue, [plain!, busy(english!)], rules.insist.otherMs)).toEqual(['english s1'])
    expect(pairs(queue, [plain!, english!], rules.insist.otherMs), 'and still is best').toEqual([
      'english s2',
      'other s1',
    ])
  })

  it('gives a speaker who comes free to those who need one, before callers whom the others may serve', () => {
    const [english, ...others] = seatsOf(['s1', 'en'], ['s2'], ['s3'])
    const seats = [english!, ...others.map(busy)]
    const queue = queueOf(['other', 0], ['english', rules.speakerMs - 1, 'en'])
    expect(pairs(queue, seats, rules.speakerMs)).toEqual(['english s1'])
    const late = queueOf(['other', 0], ['english', rules.speakerMs, 'en'])
    expect(pairs(late, seats, rules.speakerMs), 'but not for ever').toEqual(['other s1'])
    const plain = seats.map(seat => ({ ...seat, isReady: !seat.isReady }))
    expect(pairs(queue, plain, rules.speakerMs), 'and not elsewhere').toEqual(['other s2'])
  })

  it('keeps the order of those who need a speaker, also when one of them may be served by anybody', () => {
    const [english, ...others] = seatsOf(['s1', 'en'], ['s2'], ['s3'])
    const queue = queueOf(['first', 0, 'en'], ['second', rules.insist.otherMs, 'en'])
    expect(pairs(queue, [english!, ...others.map(busy)], rules.insist.otherMs + 1)).toEqual(['first s1'])
  })

  it('moves nobody ahead for a skill that most seats have', () => {
    const [first, other] = seatsOf(['s1', 'yue'], ['s2', 'yue'])
    expect(pairs(queueOf(['other', 0], ['yue', 1, 'yue']), [first!, busy(other!)])).toEqual(['other s1'])
  })

  it('does not wait for a skill that nobody signed in has, and says which', () => {
    const seats = seatsOf(['s1', 'en'])
    expect(pairs(queueOf(['signs', 0, 'sign']), seats)).toEqual(['signs s1'])
    expect(lackingOf(['sign', 'en'], presentOf(seats))).toEqual(['sign'])
  })

  it('asks for the skills that somebody has when others are lacking', () => {
    const seats = seatsOf(['s1'], ['s2', 'en'])
    expect(pairs(queueOf(['both', 0, 'en', 'sign']), seats)).toEqual(['both s2'])
  })

  it('keeps a caller for the seat that a supervisor named, for as long as somebody is signed in there', () => {
    const [named, other] = seatsOf(['s1'], ['s2'])
    const queue = moveToHead(queueOf(['a', 0], ['b', 1]), id('b'), 's1')
    expect(pairs(queue, [busy(named!), other!])).toEqual(['a s2'])
    expect(pairs(queue, [named!, other!])).toEqual(['b s1', 'a s2'])
    expect(pairs(queue, [other!]), 'that seat has signed out').toEqual(['b s2'])
  })
})

describe('whoever is owed a callback', () => {
  const owes = (queue: CallQueue, name: string, sinceMs: number) =>
    join(queue, { id: id(name), isOwed: true, sinceMs, rankMs: sinceMs, skills: [] })
  const leads = (seat: QueueSeat): QueueSeat => ({ ...seat, isReady: false, isLeading: true })

  it('has the place of their INVITE among those on the line', () => {
    const queue = owes(queueOf(['early', 0], ['late', 2]), 'owed', 1)
    expect(pairs(queue, seatsOf(['s1'], ['s2']))).toEqual(['early s1', 'owed s2'])
  })

  it('leaves seats to those who wait on the line, but for their share, and has those that are left over', () => {
    const [first, ...others] = seatsOf(['s1'], ['s2'], ['s3'], ['s4'])
    const queue = owes(owes(queueOf(['late', 2]), 'owed', 0), 'next', 1)
    expect(pairs(queue, [leads(first!), ...others.slice(1).map(busy), others[0]!])).toEqual(['late s2'])
    expect(pairs(queue, [leads(first!), ...others])).toEqual(['late s2', 'owed s3', 'next s4'])
    expect(pairs(queue, [busy(first!), ...others.slice(1).map(busy), others[0]!])).toEqual(['owed s2'])
    const strict = decide(queue, [leads(first!), others[0]!], { ...rules, ledShare: 1 }, 0)
    expect(strict.map(({ id }) => id)).toEqual(['owed'])
  })
})

const someSkills = fc.subarray(['en', 'yue', 'sign'])
const someCaller = fc.record({
  sinceMs: fc.nat(200 * second),
  priority: fc.constantFrom(0, 0, 0, 10, 20),
  skills: someSkills,
  offered: fc.boolean(),
  /** Some wait on the line, and some are owed a callback: the promises are the same. */
  isOwed: fc.constantFrom(undefined, true as const),
})
const someSeat = fc.record({
  skills: someSkills,
  isReady: fc.boolean(),
  turn: fc.nat(100),
  isLeading: fc.boolean(),
})
const someMoment = fc.record({
  callers: fc.array(someCaller, { maxLength: 12 }),
  seats: fc.array(someSeat, { maxLength: 6 }),
})

function momentOf({ callers, seats }: typeof someMoment extends fc.Arbitrary<infer M> ? M : never) {
  const people = callers.map((caller, index) => ({ ...caller, id: id(`c${index}`) }))
  let queue: CallQueue = []
  for (const { id, isOwed, sinceMs, priority, skills, offered } of people) {
    queue = join(queue, { id, isOwed, sinceMs, rankMs: rankOf(sinceMs, priority, rules), skills })
    queue = setOffered(queue, id, offered)
  }
  const named = seats.map((seat, index) => ({ ...seat, name: `s${index}` }))
  const nowMs = 200 * second
  return { people, queue, seats: named, nowMs, offers: decide(queue, named, rules, nowMs) }
}

describe('whatever waits and whatever is free', () => {
  it('gives no caller two seats and no seat two callers, and each a seat that may serve them', () => {
    fc.assert(
      fc.property(someMoment, moment => {
        const { queue, seats, nowMs, offers } = momentOf(moment)
        expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length)
        expect(new Set(offers.map(({ seat }) => seat)).size).toBe(offers.length)
        for (const { id, seat } of offers) {
          const caller = queue.find(one => one.id === id)!
          const served = seats.find(({ name }) => name === seat)!
          expect(caller.offered || !served.isReady).toBe(false)
          expect(isFit(served, needOf(caller, presentOf(seats), rules, nowMs))).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('lets nobody be overtaken within a priority and a skill', () => {
    fc.assert(
      fc.property(someMoment, moment => {
        const { people, offers } = momentOf(moment)
        const isOffered = (who: WaitingId) => offers.some(offer => offer.id === who)
        for (const first of people)
          for (const later of people) {
            const isAlike = first.priority === later.priority && first.skills.join() === later.skills.join()
            // A city keeps seats for those who stay on the line, and never the other way round.
            if (first.isOwed && !later.isOwed) continue
            if (isAlike && !first.offered && first.sinceMs < later.sinceMs && isOffered(later.id))
              expect(isOffered(first.id)).toBe(true)
          }
      }),
      { numRuns: 2000 },
    )
  })

  it('bounds who may go before whom: by the place in the queue, and at speakers of a rare skill by that turn alone', () => {
    fc.assert(
      fc.property(someMoment, moment => {
        const { queue, seats, nowMs, offers } = momentOf(moment)
        const present = presentOf(seats)
        const isOffered = (who: WaitingId) => offers.some(offer => offer.id === who)
        const left = queue.filter(one => !one.offered && !isOffered(one.id))
        for (const { id, seat } of offers) {
          const served = queue.find(one => one.id === id)!
          const there = seats.find(({ name }) => name === seat)!
          for (const other of left) {
            if (!isFit(there, needOf(other, present, rules, nowMs))) continue
            if (other.isOwed && !served.isOwed) continue
            const isSpeaker = served.skills.some(skill => there.skills.includes(skill))
            expect(served.rankMs - other.rankMs).toBeLessThanOrEqual(isSpeaker ? rules.speakerMs : 0)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves nobody waiting whom a free seat may serve, by the watchdog’s own look', () => {
    fc.assert(
      fc.property(someMoment, moment => {
        const { queue, seats, nowMs, offers } = momentOf(moment)
        const after = offers.reduce((rest, { id }) => setOffered(rest, id, true), queue)
        const left = seats.map(seat =>
          offers.some(offer => offer.seat === seat.name) ? { ...seat, isReady: false } : seat,
        )
        expect(overlookedIn(after, left, rules, nowMs)).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })
})
