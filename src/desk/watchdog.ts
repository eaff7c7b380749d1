import type { Cancel, Clock, Log } from '../foundation/index.ts'
import type { CallQueue, WaitingId } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import { isFit, needOf, presentOf, type QueueSeat } from './skills.ts'

export type WatchdogOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly rules: QueueRules
  readonly queue: () => Promise<CallQueue>
  readonly seats: () => readonly QueueSeat[]
  /** Told when a caller is overlooked, so that the desk decides again. */
  readonly onOverlooked: () => void
}

export type WatchdogFigures = {
  /** Callers who were overlooked, since start. */
  readonly overlooked: number
  /** When one was seen last, ms since 1970. */
  readonly lastAtMs?: number
}

const everyMs = 500
/** The promise: a waiting caller and a free seat that may serve them become an offer within this. */
const withinMs = 1_000

/**
 * Holds the desk to its promise by its own look at the waiting callers and the free seats. It shares with the
 * decision only what a caller needs, not the walk of the queue. It looks while somebody waits, and decides nothing.
 */
export function createWatchdog(options: WatchdogOptions) {
  const { clock, log, rules, queue, seats, onOverlooked } = options
  let stop: Cancel | undefined
  let suspect: { readonly id: WaitingId; readonly sinceMs: number; isTold: boolean } | undefined
  let overlooked = 0
  let lastAtMs: number | undefined

  async function look() {
    const found = overlookedIn(await queue(), seats(), rules, clock.now())
    if (found === undefined) suspect = undefined
    else if (suspect?.id !== found) suspect = { id: found, sinceMs: clock.monotonicMs(), isTold: false }
    else if (!suspect.isTold && clock.monotonicMs() - suspect.sinceMs >= withinMs) {
      suspect.isTold = true
      overlooked++
      lastAtMs = clock.now()
      log.error({ id: found }, 'a caller waits although a seat is free that may serve them')
      onOverlooked()
    }
  }

  const next = () => {
    stop = clock.after(everyMs, () => {
      if (stop) next()
      look().catch(() => log.error({}, 'the queue cannot be looked at'))
    })
  }

  return {
    /** Whether there is anybody to watch over. */
    watch(isNeeded: boolean) {
      if (isNeeded && !stop) next()
      if (isNeeded || !stop) return
      stop()
      stop = undefined
      suspect = undefined
    },
    figures: (): WatchdogFigures => ({ overlooked, lastAtMs }),
  }
}
export type Watchdog = ReturnType<typeof createWatchdog>

/** The first in the queue for whom no seat rings although one could. */
export function overlookedIn(
  queue: CallQueue,
  seats: readonly QueueSeat[],
  rules: QueueRules,
  nowMs: number,
): WaitingId | undefined {
  const present = presentOf(seats)
  const free = seats.filter(({ isReady }) => isReady)
  if (free.length === 0) return undefined
  const isServable = (need: ReturnType<typeof needOf>) => free.some(seat => isFit(seat, need))
  return queue.find(one => !one.offered && isServable(needOf(one, present, rules, nowMs)))?.id
}
