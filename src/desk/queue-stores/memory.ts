import { decide } from '../decision.ts'
import { type CallQueue, join, leave, moveToHead, setOffered } from '../queue.ts'
import type { QueueRules } from '../queue-rules.ts'
import type { QueueStore } from '../queue-store.ts'

/** The queue of one node: it answers at once, and is gone with its process. */
export function createMemoryQueue(capacity: number, rules: QueueRules): QueueStore {
  let queue: CallQueue = []
  return {
    async enter(caller, isBack = false) {
      const others = leave(queue, caller.call)
      if (!isBack && others.length >= capacity) return undefined
      queue = join(others, caller)
      return queue.findIndex(({ call }) => call === caller.call) + 1
    },
    async leave(call) {
      queue = leave(queue, call)
    },
    async offer(seats, nowMs) {
      const offers = decide(queue, seats, rules, nowMs)
      for (const { call } of offers) queue = setOffered(queue, call, true)
      return offers
    },
    async putBack(call) {
      queue = setOffered(queue, call, false)
    },
    async move(call, seat) {
      const isFree = queue.some(waiting => waiting.call === call && !waiting.offered)
      if (isFree) queue = moveToHead(queue, call, seat)
      return isFree
    },
    waiting: async () => queue,
  }
}
