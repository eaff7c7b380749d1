/** One tick is 20 ms, a frame of every port; within it ports take turns in ten slots, so that packets leave evenly. */
export const tickMs = 20
export const slotsInTick = 10
const slotMs = tickMs / slotsInTick
/** Later than this a slot counts as late. */
const lateMs = 5
/** After so long a stop (a suspended laptop) what was missed is not sent in one burst, but left out. */
const longestCatchUpMs = 200

/**
 * Calls `serve` for each slot at its time on the monotonic clock: the next deadline is the last one plus 2 ms, whenever
 * this one was met, so nothing drifts. Node's timers know whole ms only; whoever wakes the thread for another reason
 * (a packet) calls `wake` with the time, and what is due is served then: at load that is every few µs.
 */
export type Pace = { wake(nowMs: number): void; stop(): void }

export function startPace(serve: (slot: number, tick: number) => void, onLate: () => void): Pace {
  let dueMs = performance.now()
  let slot = 0
  let tick = 0
  let timer: NodeJS.Timeout

  const wake = (nowMs: number) => {
    while (dueMs <= nowMs) {
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
    timer = setTimeout(run, dueMs - performance.now())
  }
  run()
  return { wake, stop: () => clearTimeout(timer) }
}
