import type { Clock } from '../../src/foundation/index.ts'

/** The manual clock for a million timers: a heap, and promises settle once between two of them. */
export type EventClock = Clock & { runUntil(elapsedMs: number): Promise<void> }

type Timer = { readonly dueMs: number; readonly order: number; act: (() => void) | undefined }

const isSooner = (one: Timer, other: Timer) =>
  one.dueMs === other.dueMs ? one.order < other.order : one.dueMs < other.dueMs

export function createEventClock(startMs: number): EventClock {
  const heap: Timer[] = []
  let elapsedMs = 0
  let order = 0

  function push(timer: Timer) {
    let at = heap.push(timer) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (isSooner(heap[above]!, timer)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = timer
  }

  function pop(): Timer | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const right = left + 1
      const least = right < heap.length && isSooner(heap[right]!, heap[left]!) ? right : left
      if (isSooner(last, heap[least]!)) break
      heap[at] = heap[least]!
      at = least
    }
    heap[at] = last
    return first
  }

  return {
    now: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    after(delayMs, act) {
      const timer: Timer = { dueMs: elapsedMs + Math.max(0, delayMs), order: order++, act }
      push(timer)
      return () => {
        timer.act = undefined
      }
    },
    async runUntil(untilMs) {
      while (heap[0] && heap[0].dueMs <= untilMs) {
        const timer = pop()
        if (!timer?.act) continue
        elapsedMs = timer.dueMs
        timer.act()
        // A macrotask runs after all microtasks.
        await new Promise<void>(resolve => setImmediate(resolve))
      }
      elapsedMs = untilMs
    },
  }
}
