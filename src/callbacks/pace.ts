import type { Calendar } from '../city/index.ts'
import { afterOpen, civilHours, partEnd } from './hours.ts'
import { isNight } from './night.ts'
import type { CallbackRules } from './rules.ts'

/** How fast callbacks are kept of late, and how many come before one that is owed from now on. */
export type Pace = {
  /** To be rung now. */
  readonly ahead: number
  /** Of these: whom the hotline may ring at night, too; absent where people choose, who ring at any hour. */
  readonly awake?: number
  /** Of these: past their limit. */
  readonly late: number
  /** First rung in the last `paceMs`. */
  readonly rung: number
  /** Calls a ms for which the hotline keeps seats, where it leads; 0 otherwise. */
  readonly ledPerMs: number
  /** Callers wait for a person now: whoever chooses callbacks chooses none. */
  readonly isBusy: boolean
  /** How many work at a time, of late and to come, as far as that is known. */
  readonly workingAt: Working
}

/** @returns how many are at work then, undefined where nobody knows */
export type Working = (atMs: number) => number | undefined

const minuteMs = 60_000
export const paceMs = 30 * minuteMs
/** DESIGN: what is told is kept by nearly all, and not by the half that an even pace would give. */
const margin = 1.25
/** Up to here a time is told to five minutes, and seats stay as they are; of what comes later whoever works then decides. */
const nearMs = 120 * minuteMs
/** Of a later time nobody knows anything. */
const mostMs = 24 * 60 * minuteMs
/** Told in whole steps, the later one. */
const stepMs = 5 * minuteMs
const walkMs = 10 * minuteMs

type Rules = Pick<CallbackRules, 'limitMs' | 'open' | 'again' | 'awakeMs'>

/**
 * By when somebody who is promised a callback now will have been rung: within the limit where those before them leave
 * room for that, later where they do not, and undefined where nobody can tell. What is further off than two hours is told
 * by the part of the day.
 *
 * Those before them are served by whoever works then: a seat keeps as many an hour as seats did of late, and people go
 * home. A day of 100,000 calls with a threefold surge, led, at 25 % of the seats: by the pace and the seats of that moment
 * 52 % were rung by the time told, and nobody who was told it from 16:00 to 22:00, as the evening has a fifth of the seats.
 *
 * Where the hotline leads, whoever is not rung while they are taken to be awake is rung in the hours that wake nobody:
 * those are all that is reckoned with, and what ends a part of the day.
 */
export function dueAt(nowMs: number, pace: Pace, rules: Rules, calendar: Calendar): number | undefined {
  const { ahead, awake } = pace
  if (awake === undefined) return dueWithin(nowMs, pace, rules, calendar)
  const soon = { ...pace, ahead: isNight(nowMs, rules, calendar) ? awake : ahead }
  const neededMs = neededFor(nowMs, soon, rules, calendar)
  const isSoon =
    neededMs !== undefined &&
    isNear(neededMs, rules) &&
    afterOpen(nowMs, neededMs, rules.open, calendar) < nowMs + rules.awakeMs
  return isSoon
    ? dueWithin(nowMs, soon, rules, calendar)
    : dueWithin(nowMs, pace, { ...rules, open: civilHours(rules) }, calendar)
}

function dueWithin(nowMs: number, pace: Pace, rules: Rules, calendar: Calendar): number | undefined {
  const { limitMs, open } = rules
  const neededMs = neededFor(nowMs, pace, rules, calendar)
  if (neededMs === undefined) return undefined
  const dueMs = toStep(afterOpen(nowMs, Math.max(limitMs, neededMs), open, calendar))
  return isNear(neededMs, rules) ? dueMs : partEnd(dueMs, rules, calendar)
}

const isNear = (neededMs: number, { limitMs }: Pick<Rules, 'limitMs'>) =>
  neededMs <= Math.max(limitMs, nearMs)

/** In opening hours, until all before them have been rung. */
function neededFor(nowMs: number, pace: Pace, { open }: Rules, calendar: Calendar): number | undefined {
  const { ahead, late, ledPerMs, isBusy, workingAt } = pace
  if (ledPerMs === 0 && isBusy) return undefined
  const now = workingAt(nowMs) || undefined
  const seatPerMs = keptByOne(nowMs, pace, now)
  if (seatPerMs === 0) return late > 0 ? undefined : 0
  let left = ahead * margin
  for (let openMs = 0; openMs < mostMs; openMs += walkMs) {
    const then = now && workingAt(afterOpen(nowMs, openMs + walkMs / 2, open, calendar))
    if (then === undefined && openMs >= nearMs) return undefined
    const served = seatPerMs * (then ?? now ?? 1) * walkMs
    if (left <= served) return left === 0 ? openMs : openMs + (walkMs * left) / served
    left -= served
  }
  return undefined
}

/**
 * Callbacks a ms and seat; of all seats together where nobody knows how many they are. Once some are late there was no
 * want of callbacks: what was kept is the pace. Before, few were owed, and it is what seats are kept for.
 */
function keptByOne(nowMs: number, { late, rung, ledPerMs, workingAt }: Pace, now = 1): number {
  const lately = workingAt(nowMs - paceMs / 2) || now
  const kept = rung / paceMs / lately
  return late > 0 ? kept : Math.max(kept, ledPerMs / now)
}

const toStep = (atMs: number) => Math.ceil(atMs / stepMs) * stepMs
