import type { Calendar } from '../city/index.ts'
import type { Loss } from './happening.ts'
import { afterOpen, civilHours, openBetween } from './hours.ts'
import type { CallbackRules } from './rules.ts'

const weekMs = 7 * 86_400_000

type Hours = Pick<CallbackRules, 'open' | 'again' | 'awakeMs'>

/** Whether a telephone ringing now may wake somebody: outside the hours for repeated attempts. */
export const isNight = (atMs: number, { again }: Pick<Hours, 'again'>, calendar: Calendar): boolean =>
  afterOpen(atMs, 0, { ...again, days: 'every' }, calendar) > atMs

/** Callers with an INVITE after this are taken to be awake. */
export const awakeSince = (atMs: number, { awakeMs }: Pick<Hours, 'awakeMs'>): number => atMs - awakeMs

/** Until when the hotline itself lets them sleep, ms since 1970; undefined if it may ring them now. */
export function quietUntil(
  { losses }: { readonly losses: readonly Pick<Loss, 'invitedAtMs'>[] },
  atMs: number,
  rules: Hours,
  calendar: Calendar,
): number | undefined {
  if (!isNight(atMs, rules, calendar)) return undefined
  if (losses.some(({ invitedAtMs }) => invitedAtMs > awakeSince(atMs, rules))) return undefined
  return afterOpen(atMs, 0, civilHours(rules), calendar)
}

/**
 * When `neededMs` of time have passed in which they may be rung: while they are awake after ringing us, and then in
 * hours that wake nobody. If the city's opening hours include no such hours, they count as they are.
 * @param invitedAtMs when they last rang; undefined if that does not matter
 */
export function afterRingable(
  startMs: number,
  neededMs: number,
  invitedAtMs: number | undefined,
  rules: Hours,
  calendar: Calendar,
): number {
  const plainMs = afterOpen(startMs, neededMs, rules.open, calendar)
  const awakeUntilMs = Math.max(startMs, (invitedAtMs ?? Number.NEGATIVE_INFINITY) + rules.awakeMs)
  if (plainMs <= awakeUntilMs) return plainMs
  const civil = civilHours(rules)
  const isNever = openBetween(startMs, startMs + weekMs, civil, calendar) === 0
  if (isNever && openBetween(startMs, startMs + weekMs, rules.open, calendar) > 0) return plainMs
  const leftMs = neededMs - openBetween(startMs, awakeUntilMs, rules.open, calendar)
  return afterOpen(awakeUntilMs, leftMs, civil, calendar)
}
