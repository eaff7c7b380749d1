import type { Clock } from '../clock.ts'

/** Monotonic ms with sub-microsecond resolution. The kernel's clock, so worker threads agree with the main one. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs,
  after(delayMs, act) {
    // What is due already is due now; Node 24 warns of less.
    const timer = setTimeout(act, Math.max(0, delayMs))
    return () => clearTimeout(timer)
  },
}
