import type { Clock } from '../clock.ts'

/** Monotonic ms with sub-microsecond resolution. The kernel's clock, so worker threads agree with the main one. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs,
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
}
