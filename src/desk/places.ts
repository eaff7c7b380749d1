import type { Cancel, Clock } from '../foundation/index.ts'
import { type CallQueue, isAhead, type WaitingId } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'

export type PlacesOptions = {
  readonly clock: Clock
  readonly rules: Pick<QueueRules, 'ledShare'>
  readonly queue: () => Promise<CallQueue>
  /** Told of each one who waits, with their place from 1. */
  readonly tell: (id: WaitingId, place: number) => void
  readonly onError: (error: unknown) => void
}

/** DESIGN: often enough, since a place is spoken every 15 s at most. */
const everyMs = 500
/** A seat's ring never waits for more than these: 500 take about 2 ms. */
const atOnce = 500

/** Tells places, many changes at once: one who moves up by one moves everybody behind them. */
export function createPlaces({ clock, rules, queue, tell, onError }: PlacesOptions) {
  let stop: Cancel | undefined
  let toldAtMs = Number.NEGATIVE_INFINITY
  /** Something changed since the queue was read. */
  let isStale = false

  const later = (delayMs: number, act: () => void) => {
    stop = clock.after(delayMs, act)
  }

  function tellAll() {
    isStale = false
    toldAtMs = clock.monotonicMs()
    queue().then(all => tellFrom(all, 0, 0), onError)
  }

  function tellFrom(all: CallQueue, first: number, before: number) {
    let ahead = before
    for (const waiting of all.slice(first, first + atOnce)) {
      tell(waiting.id, ahead + 1)
      if (isAhead(waiting, rules)) ahead++
    }
    if (!stop) return
    if (first + atOnce < all.length) return later(0, () => tellFrom(all, first + atOnce, ahead))
    stop = undefined
    if (isStale) schedule()
  }

  const schedule = () => later(Math.max(0, toldAtMs + everyMs - clock.monotonicMs()), tellAll)

  return {
    /** Somebody came, left or was moved. */
    changed() {
      isStale = true
      if (!stop) schedule()
    },
    close() {
      stop?.()
      stop = undefined
    },
  }
}
