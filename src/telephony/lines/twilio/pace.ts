import type { Cancel, Clock } from '../../../foundation/index.ts'

/** Turns, so many a second at most. */
export type DialPace = {
  /** Resolves when it is our turn. @param isUrgent somebody waits on the line: before all who do not. */
  turn(isUrgent: boolean, signal?: AbortSignal): Promise<void>
}

export function createPace(clock: Clock, perSecond: number): DialPace {
  const waiting: { readonly isUrgent: boolean; readonly go: () => void }[] = []
  let freeAtMs = Number.NEGATIVE_INFINITY
  let stopTimer: Cancel | undefined

  const serve = () => {
    stopTimer = undefined
    if (waiting.length === 0) return
    const waitMs = freeAtMs - clock.monotonicMs()
    if (waitMs > 0) {
      stopTimer = clock.after(waitMs, serve)
      return
    }
    freeAtMs = clock.monotonicMs() + 1000 / perSecond
    const first = waiting.findIndex(({ isUrgent }) => isUrgent)
    waiting.splice(Math.max(0, first), 1)[0]?.go()
    serve()
  }

  return {
    turn: (isUrgent, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const entry = {
          isUrgent,
          go() {
            signal?.removeEventListener('abort', giveUp)
            resolve()
          },
        }
        const giveUp = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', giveUp, { once: true })
        waiting.push(entry)
        if (!stopTimer) serve()
      }),
  }
}
