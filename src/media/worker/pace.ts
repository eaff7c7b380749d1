/** One tick is 20 ms, a frame of every port; within it ports take turns in ten slots, so that packets leave evenly. */
export const tickMs = 20
export const slotsInTick = 10
const slotMs = tickMs / slotsInTick
/** Later than this a slot counts as late. */
const lateMs = 5
/** After so long a stop (a suspended laptop) what was missed is not sent in one burst, but left out. */
const longestCatchUpMs = 200

export type LoopPace = {
  start(): void
  /** While there is nobody to serve, nothing ticks. */
  stop(): void
  /** Serves what is due at `nowMs` of `performance.now()`: for whoever was woken for another reason. */
  wake(nowMs: number): void
}

/**
 * Calls `serve` for each slot at its time on the monotonic clock: the next deadline is the last one plus 2 ms, whenever
 * this one was met, so nothing drifts. Node's timers know whole ms only; packets that come in wake the thread much more
 * often than that at load, and what is due is served then.
 */
export function createPace(serve: (slot: number, tick: number) => void, onLate: () => void): LoopPace {
  let dueMs = 0
  let slot = 0
  let tick = 0
  let timer: NodeJS.Timeout | undefined

  const wake = (nowMs: number) => {
    while (timer && dueMs <= nowMs) {
      const lateByMs = nowMs - dueMs
      if (lateByMs > lateMs) onLate()
      const isLeftOut = lateByMs > longestCatchUpMs
      if (!isLeftOut) serve(slot, tick)
      dueMs += slotMs
      if (++slot === slotsInTick) {
        slot = 0
        tick++
      }
    }
  }
  const run = () => {
    wake(performance.now())
    timer = setTimeout(run, Math.max(0, dueMs - performance.now()))
  }

  return {
    wake,
    start() {
      if (timer) return
      dueMs = performance.now() + slotMs
      timer = setTimeout(run, slotMs)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
