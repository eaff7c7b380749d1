import { type Cancel, type Clock, sleep } from '../foundation/index.ts'

/**
 * The time of a caller who waits, listens or looks on: in the simulator none passes while they press keys, on a line some
 * does, and more on a slow machine. What is asked of the world while they press is answered once they wait again.
 */
export type WaitingTime = {
  /** Resolves when they have waited for so long. Rejects with the signal's reason if that aborts first. */
  pass(ms: number, signal: AbortSignal): Promise<void>
  /** They wait for as long as this takes. */
  during(waiting: Promise<void>): Promise<void>
}

export function createWaitingTime(clock: Clock): WaitingTime {
  let passedMs = 0
  let sinceMs: number | undefined
  const nowMs = () => passedMs + (sinceMs === undefined ? 0 : clock.monotonicMs() - sinceMs)
  /** What runs while they wait. */
  const timers = new Set<{ start(): void; stop: Cancel }>()

  const own: Clock = {
    ...clock,
    monotonicMs: nowMs,
    after(delayMs, act) {
      const atMs = nowMs() + delayMs
      const timer: { start(): void; stop: Cancel } = {
        stop: () => undefined,
        start() {
          timer.stop = clock.after(Math.max(0, atMs - nowMs()), () => {
            timers.delete(timer)
            act()
          })
        },
      }
      timers.add(timer)
      if (sinceMs !== undefined) timer.start()
      return () => {
        timer.stop()
        timers.delete(timer)
      }
    },
  }

  return {
    pass: (ms, signal) => sleep(own, ms, signal),
    async during(waiting) {
      sinceMs = clock.monotonicMs()
      for (const timer of timers) timer.start()
      await waiting
      passedMs = nowMs()
      sinceMs = undefined
      for (const timer of timers) timer.stop()
    },
  }
}
