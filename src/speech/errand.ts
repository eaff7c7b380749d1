import type { Cancel, Clock } from '../foundation/index.ts'

/** A prompt to render. It is urgent once a caller waits for it, and otherwise prepared in advance. */
export type Errand = {
  isUrgent(): boolean
  /** Makes it urgent: a caller waits for it now. */
  urge(): void
  /** Acts when it becomes urgent, or at once if it already is. @returns cancels that */
  whenUrgent(act: () => void): Cancel
  /** Acts this long after it becomes urgent, or from now if it already is; never while nobody waits for it. */
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
