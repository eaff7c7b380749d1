import type { Calendar } from '../city/index.ts'
import { afterOpen } from './hours.ts'
import type { CallbackRules } from './rules.ts'

/** How fast callbacks are kept of late, and how many come before one that is owed from now on. */
export type Pace = {
  /** To be rung now. */
  readonly ahead: number
  /** Of these: past their limit. */
  readonly late: number
  /** First rung in the last `paceMs`. */
  readonly rung: number
  /** Calls a ms for which the hotline keeps seats, where it leads; 0 otherwise. */
  readonly ledPerMs: number
  /** Callers wait for a person now: whoever chooses callbacks chooses none. */
  readonly isBusy: boolean
}

export const paceMs = 30 * 60_000
/** DESIGN: what is told is kept by most, and not by the half that an even pace would give. */
const margin = 1.25
/** Of a later time nobody knows anything. */
const mostMs = 12 * 60 * 60_000
/** Told in whole steps, the later one. */
const stepMs = 5 * 60_000

/**
 * By when somebody who is promised a callback now will have been rung: within the limit where those before them leave
 * room for that, later where they do not, and undefined where nobody can tell.
 */
export function dueAt(
  nowMs: number,
  { ahead, late, rung, ledPerMs, isBusy }: Pace,
  { limitMs, open }: Pick<CallbackRules, 'limitMs' | 'open'>,
  calendar: Calendar,
): number | undefined {
  const perMs = Math.max(rung / paceMs, ledPerMs)
  if (perMs === 0 && late > 0) return undefined
  if (ledPerMs === 0 && isBusy) return undefined
  const evenMs = perMs === 0 ? 0 : ahead / perMs
  const neededMs = evenMs <= limitMs ? limitMs : evenMs * margin
  if (neededMs > Math.max(limitMs, mostMs)) return undefined
  return Math.ceil(afterOpen(nowMs, neededMs, open, calendar) / stepMs) * stepMs
}
