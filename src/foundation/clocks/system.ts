import type { Clock } from '../clock.ts'

/**
 * Monotonic ms with sub-microsecond resolution, from the kernel's clock, so worker threads agree with the main
 * thread.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs,
  after(delayMs, act) {
    // An overdue timer fires at once; Node 24 warns about negative delays.
    const timer = setTimeout(act, Math.max(0, delayMs))
    return () => clearTimeout(timer)
  },
}
