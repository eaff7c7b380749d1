import type { Calendar } from '../city/index.ts'
import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Callback, CallbackId } from './callback.ts'
import { isLeadable } from './decide.ts'
import { awakeSince, isNight } from './night.ts'
import type { CallbackRules } from './rules.ts'
import { callbackChannel } from './screens.ts'
import { listLeadable } from './store.ts'

export type LeadingDependencies = {
  readonly database: Pick<Database, 'query' | 'execute' | 'notify' | 'listen'>
  readonly rules: CallbackRules
  readonly calendar: Calendar
  readonly clock: Clock
  readonly log: Log
}

/** The place where callbacks wait while the hotline leads them. */
export type Stand = {
  /** Whether they wait on this node; one node has the queue. */
  readonly isHere: () => boolean
  /** The rate, in callbacks per ms, of the seats reserved for them. */
  readonly perMs: () => number
  /** Sets the callbacks to ring now, earliest INVITE first: all of them, or as many as will soon have their turn. */
  readonly put: (callbacks: readonly Callback[]) => Promise<void>
}

export type Leading = {
  /** Keeps a callback that came to nothing from being queued again at once. */
  rest(id: CallbackId): void
  /** Announces that the set of callbacks may have changed. */
  changed(): void
  /** Withdraws all waiting callbacks. */
  close(): Promise<void>
}

/** Several changes at once lead to a single look. */
const soonMs = 500
/** Time passes, and a notification can be lost. */
const atLatestMs = 60_000
const restMs = 60_000
/** More than there are seats; further ones move up as these are served. */
const most = 500

/** Keeps the callbacks that the hotline may ring now in the queue, as they change and time passes. */
export function openLeading(
  { isHere, put }: Pick<Stand, 'isHere' | 'put'>,
  dependencies: LeadingDependencies,
): Leading {
  const { database, rules, calendar, clock, log } = dependencies
  const resting = new Map<CallbackId, number>()
  let stop: Cancel | undefined
  let isSoon = false
  let isClosed = false

  const later = (delayMs: number) => {
    stop?.()
    isSoon = delayMs === soonMs
    stop = clock.after(delayMs, () => void look())
  }
  const changed = () => {
    if (!isSoon && !isClosed) later(soonMs)
  }

  async function look() {
    later(atLatestMs)
    try {
      const atMs = clock.now()
      for (const [id, untilMs] of resting) if (untilMs <= atMs) resting.delete(id)
      const rangSinceMs = isNight(atMs, rules, calendar) ? awakeSince(atMs, rules) : undefined
      const found = isHere() ? await listLeadable(database, { nowMs: atMs, rangSinceMs, limit: most }) : []
      if (isClosed) return
      await put(found.filter(one => !resting.has(one.id) && isLeadable(one, { atMs, rules, calendar })))
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'callbacks to be led are not known')
    }
  }

  const off = database.listen(callbackChannel, changed).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error) }, 'of callbacks to be led no change is heard')
    return () => undefined
  })
  changed()

  return {
    changed,
    rest(id) {
      resting.set(id, clock.now() + restMs)
    },
    async close() {
      isClosed = true
      stop?.()
      await put([])
      ;(await off)()
    },
  }
}
