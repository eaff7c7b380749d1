import { halfDayOf, isPermitted, nextPermitted } from './hours.ts'
import type { SurveyRules } from './rules.ts'
import { type AttemptEnd, hasAnswer, type PersonWish, type Survey } from './survey.ts'
import type { Settlement } from './survey-state.ts'

const minuteMs = 60_000

/** What to do next with a survey. */
export type Next =
  | { readonly kind: 'ring'; readonly attempt: number; readonly redial: boolean }
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'link' }
  | { readonly kind: 'settle'; readonly as: Settlement }

/** The steps that do not need the dialer. */
export type Afterwards = Exclude<Next, { kind: 'ring' }>

/** When a number was last rung, and in how many half-days of today, over all its orders. */
export type NumberHistory = { readonly lastMs?: number; readonly inDay: number }

/** If our own line was down, the call is soon tried again. */
const notRungMs = 5 * minuteMs

/** The time of the first call. */
export const firstRingMs = (closedAtMs: number, elder: boolean, rules: SurveyRules): number =>
  nextPermitted(closedAtMs + rules.delayMinutes * minuteMs, elder, new Set(), rules)

/** What to do now that a survey is due. Only for surveys that are owed and whose number can be dialled. */
export function whenDue(survey: Survey, history: NumberHistory, nowMs: number, rules: SurveyRules): Next {
  const elder = survey.owed?.elder ?? false
  const half = halfDayOf(nowMs, rules)
  const redial = survey.halfDays.has(half)
  if (!redial && survey.attempts >= rules.attempts) return { kind: 'link' }
  // Only a busy line is rung a second time in a half-day, and only once.
  if (redial && (survey.redialled || survey.lastEnd !== 'busy')) return wait(nowMs, survey, rules)
  if (!isPermitted(nowMs, elder, rules)) return wait(nowMs, survey, rules)
  // A busy line disturbed nobody; the daily cap and the minimum distance apply to telephones that rang.
  const tooSoonMs = redial ? 0 : (history.lastMs ?? Number.NEGATIVE_INFINITY) + rules.apartMinutes * minuteMs
  if (nowMs < tooSoonMs) return wait(tooSoonMs, survey, rules)
  if (!redial && history.inDay >= rules.numberPerDay)
    return wait(nowMs + rules.apartMinutes * minuteMs, survey, rules)
  return { kind: 'ring', attempt: redial ? survey.attempts : survey.attempts + 1, redial }
}

/** What follows an attempt. @param survey its state during the attempt, with all answers given in it */
export function afterAttempt(
  survey: Survey,
  how: AttemptEnd,
  person: PersonWish | undefined,
  nowMs: number,
  rules: SurveyRules,
): Afterwards {
  if (hasAnswer(survey.answers)) return { kind: 'settle', as: 'answered' }
  if (survey.optedOut) return { kind: 'settle', as: 'opted-out' }
  if (person?.served) return { kind: 'settle', as: 'handed-over' }
  // They took the call and asked in vain for a person: ringing again would make it worse.
  if (person) return { kind: 'link' }
  if (how === 'not-rung') return { kind: 'wait', untilMs: nowMs + notRungMs }
  if (how === 'busy' && !survey.redialled) {
    const againMs = nowMs + rules.busyMinutes * minuteMs
    if (
      isPermitted(againMs, survey.owed?.elder ?? false, rules) &&
      halfDayOf(againMs, rules) === halfDayOf(nowMs, rules)
    )
      return { kind: 'wait', untilMs: againMs }
  }
  if (survey.attempts >= rules.attempts) return { kind: 'link' }
  return wait(nowMs + rules.apartMinutes * minuteMs, survey, rules)
}

function wait(fromMs: number, survey: Survey, rules: SurveyRules): Afterwards {
  return { kind: 'wait', untilMs: nextPermitted(fromMs, survey.owed?.elder ?? false, survey.halfDays, rules) }
}
