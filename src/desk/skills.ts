import type { QueueRules } from './queue-rules.ts'

/** A seat that takes calls, as the queue sees it. */
export type QueueSeat = {
  readonly name: string
  readonly skills: readonly string[]
  /** Free now. */
  readonly isReady: boolean
  /** It has a callback that the hotline leads. */
  readonly isLeading?: boolean
  /** Of two ready ones, the lower has been idle longer. */
  readonly turn: number
}

type Wish = { readonly skills: readonly string[]; readonly seat?: string; readonly sinceMs: number }

/** What a seat must have to serve one caller now. */
export type Need = { readonly seat?: string; readonly skills: readonly string[] }

/** The seats that take calls, by name and by skill. */
export type Present = {
  readonly names: ReadonlySet<string>
  /** How many seats have each skill; skills that none has are absent. */
  readonly skills: ReadonlyMap<string, number>
}

const known = new WeakMap<readonly QueueSeat[], Present>()

/** Computed once for a list of seats, which is replaced when a seat changes. */
export function presentOf(seats: readonly QueueSeat[]): Present {
  const found = known.get(seats)
  if (found) return found
  const skills = new Map<string, number>()
  for (const seat of seats) for (const skill of seat.skills) skills.set(skill, (skills.get(skill) ?? 0) + 1)
  const present = { names: new Set(seats.map(({ name }) => name)), skills }
  known.set(seats, present)
  return present
}

/**
 * What of a caller's wish is insisted on: a skill for a while only and not at all when no seat that takes calls has
 * it, and a named seat for as long as it takes calls.
 */
export function needOf(wish: Wish, present: Present, rules: QueueRules, nowMs: number): Need {
  if (wish.seat !== undefined) {
    if (present.names.has(wish.seat)) return { seat: wish.seat, skills: [] }
    return needOf({ skills: wish.skills, sinceMs: wish.sinceMs }, present, rules, nowMs)
  }
  if (wish.skills.length === 0) return nothingNeeded
  const waitedMs = nowMs - wish.sinceMs
  const isInsistedOn = (skill: string) => present.skills.has(skill) && waitedMs < insistMs(skill, rules)
  // Most wishes are insisted on whole: ten thousand of them then need no list of their own.
  return wish.skills.every(isInsistedOn) ? wish : { skills: wish.skills.filter(isInsistedOn) }
}
const nothingNeeded: Need = { skills: [] }

export const insistMs = (skill: string, { insist }: QueueRules) => insist.bySkill[skill] ?? insist.otherMs

/** Wished skills that no seat that takes calls has; the caller is told. */
export const lackingOf = (skills: readonly string[], present: Present) =>
  skills.filter(skill => !present.skills.has(skill))

export const isFit = (seat: QueueSeat, need: Need): boolean =>
  need.seat === undefined ? need.skills.every(skill => seat.skills.includes(skill)) : seat.name === need.seat

/** All wished skills that some seat has, where any of them is rare; else nothing. */
export function rareOf(skills: readonly string[], present: Present): readonly string[] {
  if (skills.length === 0) return skills
  const isRare = (skill: string) => (present.skills.get(skill) ?? 0) * 2 <= present.names.size
  const had = skills.every(skill => present.skills.has(skill))
    ? skills
    : skills.filter(skill => present.skills.has(skill))
  return had.some(isRare) ? had : []
}
