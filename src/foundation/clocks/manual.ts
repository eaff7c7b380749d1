import type { Clock } from '../clock.ts'

/** A clock that stands still until it is advanced: the twin for scenarios and simulations. */
export type ManualClock = Clock & {
  /**
   * Advances time by `ms` and runs the timers that fall due, in order. Promises settle before each step, so that
   * what one timer starts can set the next one within the same call.
   */
  advance(ms: number): Promise<void>
  /** How many timers are pending; a test that ends with any has left something open. */
  pending(): number
}

type Timer = { readonly dueMs: number; readonly order: number; readonly act: () => void }

/** @param startMs wall time at which the clock begins, ms since 1970. */
export function createManualClock(startMs = Date.UTC(2026, 0, 5, 2)): ManualClock {
  let elapsedMs = 0
  let order = 0
  const timers = new Set<Timer>()

  const nextDue = (untilMs: number): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers) {
      if (timer.dueMs > untilMs) continue
      if (!next || timer.dueMs < next.dueMs || (timer.dueMs === next.dueMs && timer.order < next.order))
        next = timer
    }
    return next
  }

  return {
    now: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    after(delayMs, act) {
      const timer = { dueMs: elapsedMs + Math.max(0, delayMs), order: order++, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms
      await settle()
      for (let timer = nextDue(untilMs); timer; timer = nextDue(untilMs)) {
        timers.delete(timer)
        elapsedMs = timer.dueMs
        timer.act()
        await settle()
      }
      elapsedMs = untilMs
    },
    pending: () => timers.size,
  }
}

/** Lets every promise that can settle without time passing do so: a macrotask runs after all microtasks. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>(resolve => setImmediate(resolve))
}
