import type { Cancel, Clock } from '../foundation/index.ts'

/** Something that is to be said: a caller waits for it, or it is prepared ahead until a caller asks for it, too. */
export type Errand = {
  isUrgent(): boolean
  /** A caller waits for it now. */
  urge(): void
  /** At once when it is urgent already. @returns how to do without */
  whenUrgent(act: () => void): Cancel
  /** So long after it is urgent, or from now on when it is already; never while nobody waits for it. */
  afterUrgent(delayMs: number, act: () => void): Cancel
}

export function createErrand(clock: Clock, urgent: boolean): Errand {
  let isUrgent = urgent
  const waiting = new Set<() => void>()

  const errand: Errand = {
    isUrgent: () => isUrgent,
    urge() {
      isUrgent = true
      for (const act of waiting) {
        waiting.delete(act)
        act()
      }
    },
    whenUrgent(act) {
      if (isUrgent) act()
      else waiting.add(act)
      return () => waiting.delete(act)
    },
    afterUrgent(delayMs, act) {
      let cancelTimer: Cancel = () => undefined
      const cancelWaiting = errand.whenUrgent(() => {
        cancelTimer = clock.after(delayMs, act)
      })
      return () => {
        cancelWaiting()
        cancelTimer()
      }
    },
  }
  return errand
}
