import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CallQueue, join, leave, moveToHead, rankOf, setOffered } from '../../src/desk/queue.ts'
import { ordinaryRules as rules } from '../../src/desk/queue-rules.ts'
import type { CallId } from '../../src/telephony/index.ts'

const caller = (name: string, sinceMs: number, priority = 0) => ({
  id: name as CallId,
  sinceMs,
  rankMs: rankOf(sinceMs, priority, rules),
  skills: [],
  priority,
})
const names = (queue: CallQueue) => queue.map(waiting => waiting.id)
const minute = 60_000

describe('the queue', () => {
  it('has the longest waiting caller first, counted from the INVITE and not from the joining', () => {
    const queue = join(join(join([], caller('b', 2)), caller('c', 3)), caller('a', 1))
    expect(names(queue)).toEqual(['a', 'b', 'c'])
  })

  it('lets those who must not wait go first', () => {
    expect(names(join(join([], caller('a', 1)), caller('urgent', 2, 1)))).toEqual(['urgent', 'a'])
  })

  it('lets an elder caller go before those who rang up to five minutes earlier, and nobody who rang before that', () => {
    const waiting = [caller('six minutes', 0), caller('four minutes', 2 * minute)]
    const queue = waiting.reduce<CallQueue>(join, [])
    expect(names(join(queue, caller('elder', 6 * minute, 10)))).toEqual([
      'six minutes',
      'elder',
      'four minutes',
    ])
  })

  it('keeps two of the same moment in the order they joined', () => {
    expect(names(join(join([], caller('a', 1)), caller('b', 1)))).toEqual(['a', 'b'])
  })

  it('keeps the place of a caller for whom a seat rings', () => {
    const queue = setOffered(join(join([], caller('a', 1)), caller('b', 2)), 'a' as CallId, true)
    expect(queue.map(({ id, offered }) => [id, offered])).toEqual([
      ['a', true],
      ['b', false],
    ])
  })

  it('has whom a supervisor moved at its head, the earlier INVITE first, also before an elder caller who rings then', () => {
    const waiting = [caller('a', 1), caller('b', 2), caller('c', 3)].reduce<CallQueue>(join, [])
    const moved = moveToHead(moveToHead(waiting, 'c' as CallId), 'b' as CallId, 's1')
    expect(names(join(moved, caller('elder', 4, 10)))).toEqual(['b', 'c', 'elder', 'a'])
    expect(moved.map(({ seat }) => seat)).toEqual(['s1', undefined, undefined])
  })

  it('stays in order and loses and doubles nobody, whatever happens', () => {
    const step = fc.record({
      does: fc.constantFrom('join', 'offer', 'putBack', 'leave'),
      who: fc.nat(11),
    })
    const arrivals = fc.array(fc.record({ sinceMs: fc.nat(50), priority: fc.nat(1) }), {
      minLength: 12,
      maxLength: 12,
    })
    fc.assert(
      fc.property(arrivals, fc.array(step, { maxLength: 60 }), (people, steps) => {
        let queue: CallQueue = []
        const present = new Set<string>()
        for (const { does, who } of steps) {
          const { sinceMs, priority } = people[who]!
          const person = caller(`call_${who}`, sinceMs, priority)
          if (does === 'join' && !present.has(person.id)) {
            queue = join(queue, person)
            present.add(person.id)
          }
          if (does === 'offer') queue = setOffered(queue, person.id, true)
          if (does === 'putBack' && present.has(person.id)) queue = join(leave(queue, person.id), person)
          if (does === 'leave') {
            queue = leave(queue, person.id)
            present.delete(person.id)
          }
          expect([...names(queue)].sort()).toEqual([...present].sort())
          for (const [index, waiting] of queue.slice(1).entries()) {
            const before = queue[index]!
            expect(before.rankMs).toBeLessThanOrEqual(waiting.rankMs)
            if (before.rankMs === waiting.rankMs) expect(before.sinceMs).toBeLessThanOrEqual(waiting.sinceMs)
          }
        }
      }),
    )
  })

  it('is never overtaken by one who rang later than the bound of ageing, whatever the priorities', () => {
    const person = fc.record({ sinceMs: fc.nat(100 * minute), priority: fc.integer({ min: -100, max: 100 }) })
    fc.assert(
      fc.property(person, person, (one, other) => {
        const queue = join(
          join([], caller('one', one.sinceMs, one.priority)),
          caller('other', other.sinceMs, other.priority),
        )
        const [first, second] = queue[0]?.id === 'one' ? [one, other] : [other, one]
        const laterMs = first.sinceMs - second.sinceMs
        if (laterMs <= 0) return
        expect(first.priority).toBeGreaterThan(second.priority)
        expect(laterMs).toBeLessThanOrEqual((first.priority - second.priority) * rules.pointMs)
        expect(laterMs).toBeLessThanOrEqual(2 * rules.mostAheadMs)
      }),
      { numRuns: 1000 },
    )
  })
})
