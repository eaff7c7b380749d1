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

/** Where callbacks stand that the hotline leads. */
export type Stand = {
  /** Whether it is here that they stand: one node has the queue. */
  readonly isHere: () => boolean
  /** How many the seats that are kept for them serve a ms. */
  readonly perMs: () => number
  /** Those that are to be rung now, the first INVITE first: all of them, or as many as come to their turn soon. */
  readonly put: (callbacks: readonly Callback[]) => Promise<void>
}

export type Leading = {
  /** This one came to nothing: it is not put there again at once. */
  rest(id: CallbackId): void
  /** What decides who stands there is another than before. */
  changed(): void
  /** Nobody stands there any more. */
  close(): Promise<void>
}

/** Many changes at once are one look. */
const soonMs = 500
/** Time changes by itself, and a notice can be lost. */
const atLatestMs = 60_000
const restMs = 60_000
/** More than there are seats; the others come up as these go. */
const most = 500

/** Keeps those whom the hotline may ring now where their turn comes, as callbacks change and time passes. */
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
