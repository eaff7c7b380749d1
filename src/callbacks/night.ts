import type { Calendar } from '../city/index.ts'
import type { Loss } from './happening.ts'
import { afterOpen, civilHours } from './hours.ts'
import type { CallbackRules } from './rules.ts'

type Hours = Pick<CallbackRules, 'open' | 'again' | 'awakeMs'>

/** Whether a telephone that rings now may wake somebody: it is outside the hours in which people are rung again. */
export const isNight = (atMs: number, { again }: Pick<Hours, 'again'>, calendar: Calendar): boolean =>
  afterOpen(atMs, 0, { ...again, days: 'every' }, calendar) > atMs

/** The INVITE after which whoever rang is taken to be awake. */
export const awakeSince = (atMs: number, { awakeMs }: Pick<Hours, 'awakeMs'>): number => atMs - awakeMs

/** Until when the hotline itself leaves them asleep, ms since 1970; undefined where it may ring them now. */
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
