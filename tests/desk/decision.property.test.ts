import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/desk/decision.ts'
import { type CallQueue, join, rankOf, setOffered, type WaitingId } from '../../src/desk/queue.ts'
import { ordinaryRules as rules } from '../../src/desk/queue-rules.ts'
import { isFit, needOf, presentOf } from '../../src/desk/skills.ts'
import { overlookedIn } from '../../src/desk/watchdog.ts'
import type { CallId } from '../../src/telephony/index.ts'

const second = 1_000
const id = (name: string) => name as CallId

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
