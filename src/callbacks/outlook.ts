import { type Calendar, isOpen, type OpeningHours } from '../city/index.ts'
import { type Clock, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Queries } from '../storage/index.ts'
import { selectPace, type Who } from './counts.ts'
import { awakeSince, isNight } from './night.ts'
import { dueAt, type Pace, paceMs, type Working } from './pace.ts'
import type { CallbackRules } from './rules.ts'
import { selectTold } from './store.ts'

export type OutlookDependencies = {
  readonly database: Queries
  readonly rules: CallbackRules
  readonly calendar: Calendar
  /** The current hours in which people take calls; whatever hours the limit runs in, nobody rings outside them. */
  readonly city: { readonly openingHours: OpeningHours }
  readonly clock: Clock
  readonly log: Log
  /** The rate of calls, per ms, that reserved seats can make; undefined if the hotline does not lead. */
  readonly ledPerMs: () => number | undefined
  readonly reaches: (number: string) => boolean
  readonly workingAt: Working
}

export type DueAsked = {
  /** The number to ring; no time is told for a number that cannot be rung. */
  readonly number: string
  /** Whether the hotline may ring this number by itself. */
  readonly isOurs: boolean
  /** Whether callers wait for a person. */
  readonly isBusy: boolean
}

/** One look serves callers for this long; a look slower than the patience tells nothing. */
const keptMs = 2_000
const patienceMs = 500
const minuteMs = 60_000

/**
 * Tells by when callbacks promised now will be rung, separately for those that the hotline rings and those that
 * only a person may ring. Never rejects.
 */
export function createOutlook({
  database,
  rules,
  calendar,
  city,
  clock,
  log,
  ledPerMs,
  reaches,
  workingAt,
}: OutlookDependencies) {
  type Seen = Omit<Pace, 'isBusy' | 'workingAt'>
  const seen = new Map<Who, { readonly atMs: number; readonly pace: Promise<Seen> }>()

  async function look(who: Who): Promise<Seen> {
    const nowMs = clock.now()
    const sinceMs = nowMs - paceMs
    const awakeSinceMs = awakeSince(nowMs, rules)
    const isLed = who === 'led'
    const wasNight = isLed && [nowMs, sinceMs].some(atMs => isNight(atMs, rules, calendar))
    const lateSinceMs = wasNight ? awakeSinceMs : undefined
    const pace = await selectPace(database, { who, nowMs, sinceMs, awakeSinceMs, lateSinceMs })
    return { ...pace, awake: isLed ? pace.awake : undefined, ledPerMs: isLed ? (ledPerMs() ?? 0) : 0 }
  }

  function paceOf(who: Who): Promise<Seen> {
    const found = seen.get(who)
    if (found && clock.now() - found.atMs < keptMs) return found.pace
    const pace = look(who)
    seen.set(who, { atMs: clock.now(), pace })
    return pace
  }

  return async ({ number, isOurs, isBusy }: DueAsked): Promise<number | undefined> => {
    if (!reaches(number)) return undefined
    const who = ledPerMs() === undefined ? 'all' : isOurs ? 'led' : 'by-hand'
    try {
      const asked = Promise.all([paceOf(who), selectTold(database, number)])
      const [pace, toldAtMs = 0] = await withDeadline(clock, patienceMs, asked, () => new Error('too late'))
      const nowMs = clock.now()
      const dueAtMs = dueAt(nowMs, { ...pace, isBusy, workingAt }, rules, calendar)
      // A caller who rings again keeps their place, and is told no later time than before.
      if (toldAtMs > nowMs && (dueAtMs === undefined || toldAtMs < dueAtMs)) return toldAtMs
      return dueAtMs !== undefined && isOpen(calendar(dueAtMs - minuteMs), city.openingHours)
        ? dueAtMs
        : undefined
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'by when callbacks are made is not known')
      return undefined
    }
  }
}
