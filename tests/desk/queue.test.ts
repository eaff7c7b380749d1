import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CallQueue, join, leave, nextToOffer, setOffered } from '../../src/desk/queue.ts'
import type { CallId } from '../../src/telephony/index.ts'

const caller = (name: string, invitedAtMs: number, priority = 0) => ({
  call: name as CallId,
  invitedAtMs,
  priority,
})
const names = (queue: CallQueue) => queue.map(waiting => waiting.call)

describe('the queue', () => {
  it('has the longest waiting caller first, counted from the INVITE and not from the joining', () => {
    const queue = join(join(join([], caller('b', 2)), caller('c', 3)), caller('a', 1))
    expect(names(queue)).toEqual(['a', 'b', 'c'])
  })

  it('lets those who must not wait go first', () => {
    expect(names(join(join([], caller('a', 1)), caller('urgent', 2, 1)))).toEqual(['urgent', 'a'])
  })

  it('keeps two of the same moment in the order they joined', () => {
    expect(names(join(join([], caller('a', 1)), caller('b', 1)))).toEqual(['a', 'b'])
  })

  it('puts a caller whose offer failed back at the head, and gives them the next turn', () => {
    const queue = setOffered(join(join([], caller('a', 1)), caller('b', 2)), 'a' as CallId)
    expect(nextToOffer(queue)?.call).toBe('b')
    const back = join(leave(queue, 'a' as CallId), caller('a', 1))
    expect(names(back)).toEqual(['a', 'b'])
    expect(nextToOffer(back)?.call).toBe('a')
  })

  it('stays in order and loses and doubles nobody, whatever happens', () => {
    const step = fc.record({
      does: fc.constantFrom('join', 'offer', 'putBack', 'leave'),
      who: fc.nat(11),
    })
    const arrivals = fc.array(fc.record({ invitedAtMs: fc.nat(50), priority: fc.nat(1) }), {
      minLength: 12,
      maxLength: 12,
    })
    fc.assert(
      fc.property(arrivals, fc.array(step, { maxLength: 60 }), (people, steps) => {
        let queue: CallQueue = []
        const present = new Set<string>()
        for (const { does, who } of steps) {
          const person = { call: `call_${who}` as CallId, ...people[who]! }
          if (does === 'join' && !present.has(person.call)) {
            queue = join(queue, person)
            present.add(person.call)
          }
          if (does === 'offer') queue = setOffered(queue, person.call)
          if (does === 'putBack' && present.has(person.call)) queue = join(leave(queue, person.call), person)
          if (does === 'leave') {
            queue = leave(queue, person.call)
            present.delete(person.call)
          }
          expect([...names(queue)].sort()).toEqual([...present].sort())
          for (const [index, waiting] of queue.slice(1).entries()) {
            const before = queue[index]!
            expect(before.priority).toBeGreaterThanOrEqual(waiting.priority)
            if (before.priority === waiting.priority)
              expect(before.invitedAtMs).toBeLessThanOrEqual(waiting.invitedAtMs)
          }
        }
      }),
    )
  })
})
