import type { Calendar } from '../city/index.ts'
import { afterOpen, civilHours, partEnd } from './hours.ts'
import { isNight } from './night.ts'
import type { CallbackRules } from './rules.ts'

/** The recent rate of callbacks, and how many come before one owed from now on. */
export type Pace = {
  /** How many are to be rung now. */
  readonly ahead: number
  /** Of these, those that the hotline may ring even at night; absent if agents choose, who ring at any hour. */
  readonly awake?: number
  /** Of these, those past their limit. */
  readonly late: number
  /** First rung in the last `paceMs`. */
  readonly rung: number
  /** Calls per ms for which the hotline reserves seats if it leads; 0 otherwise. */
  readonly ledPerMs: number
  /** Whether callers wait for a person now: agents then choose no callbacks. */
  readonly isBusy: boolean
  /** How many people work at a time, past and future, as far as known. */
  readonly workingAt: Working
}

/** @returns how many people are at work then; undefined if unknown */
export type Working = (atMs: number) => number | undefined

const minuteMs = 60_000
export const paceMs = 30 * minuteMs
/** DESIGN: a margin, so that nearly all promises are kept; without it, an even pace would keep half. */
const margin = 1.25
/** Up to here times are told to five minutes, assuming the present seats; later times depend on who works then. */
const nearMs = 120 * minuteMs
/** Beyond this, no time is told. */
const mostMs = 24 * 60 * minuteMs
/** Times are rounded up to whole steps. */
const stepMs = 5 * minuteMs
const walkMs = 10 * minuteMs

type Rules = Pick<CallbackRules, 'limitMs' | 'open' | 'again' | 'awakeMs'>

/**
 * By when a callback promised now will have been rung: within the limit if those before it leave room, later if
 * they do not, undefined if that cannot be told. Times more than two hours off are told as a part of the day.
 *
 * Those before it are served by whoever works then: a seat serves as many an hour as seats did recently, and people
 * go home. A day of 100,000 calls with a threefold surge, led, at 25 % of the seats: by the pace and the seats of
 * the moment, 52 % were rung by the time told, and none of those told it from 16:00 to 22:00, as the evening has a
 * fifth of the seats.
 *
 * If the hotline leads, callers not rung while they are awake are rung in hours that wake nobody, so only those
 * hours count, and they end the parts of the day.
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

/** Opening time needed until all before them have been rung. */
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
 * Callbacks per ms and seat, or of all seats together if their number is unknown. Once some are late there was no
 * lack of callbacks, so the recent rate is the pace. Otherwise few were owed, and the reserved seats count.
 */
function keptByOne(nowMs: number, { late, rung, ledPerMs, workingAt }: Pace, now = 1): number {
  const lately = workingAt(nowMs - paceMs / 2) || now
  const kept = rung / paceMs / lately
  return late > 0 ? kept : Math.max(kept, ledPerMs / now)
}

const toStep = (atMs: number) => Math.ceil(atMs / stepMs) * stepMs
