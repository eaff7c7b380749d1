import { decide } from '../decision.ts'
import { type CallQueue, isAhead, join, leave, moveToHead, raise, setOffered } from '../queue.ts'
import type { QueueRules } from '../queue-rules.ts'
import type { QueueStore } from '../queue-store.ts'

/** The queue of one node: it answers at once, and is lost with its process. */
export function createMemoryQueue(capacity: number, rules: QueueRules): QueueStore {
  let queue: CallQueue = []
  return {
    async enter(caller, isBack = false) {
      const others = leave(queue, caller.id)
      if (!isBack && others.filter(({ isOwed }) => !isOwed).length >= capacity) return undefined
      queue = join(others, caller)
      const at = queue.findIndex(({ id }) => id === caller.id)
      return queue.slice(0, at).filter(one => isAhead(one, rules)).length + 1
    },
    async owe(owed) {
      const wanted = new Set(owed.map(({ id }) => id))
      const staying = queue.filter(({ id, isOwed, offered }) => !isOwed || offered || wanted.has(id))
      const there = new Set(staying.map(({ id }) => id))
      queue = owed.filter(({ id }) => !there.has(id)).reduce<CallQueue>(join, staying)
    },
    async leave(id) {
      queue = leave(queue, id)
    },
    async offer(seats, nowMs) {
      const offers = decide(queue, seats, rules, nowMs)
      for (const { id } of offers) queue = setOffered(queue, id, true)
      return offers
    },
    async putBack(id) {
      queue = setOffered(queue, id, false)
    },
    async move(id, seat) {
      const isFree = queue.some(waiting => waiting.id === id && !waiting.offered)
      if (isFree) queue = moveToHead(queue, id, seat)
      return isFree
    },
    async raise(id, rankMs) {
      queue = raise(queue, id, rankMs)
    },
    waiting: async () => queue,
  }
}
