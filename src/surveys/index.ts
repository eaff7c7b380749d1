/**
 * Survey calls: each closed order owes its citizen three questions. They are rung at suitable hours, once per
 * half-day and by one node only, or sent a link. Their answers count, are told to the unit that closed the order,
 * and cannot be changed unnoticed. The rates are computed from them. Nobody who does not want to be is rung.
 */

export type { Campaign, ExclusionShown, GroupRates } from './api.ts'
export type { RingEnd } from './attempt-actions.ts'
export { surveyBrings } from './brings.ts'
export { type CallNotes, noNotes, noted } from './call-notes.ts'
export { type CampaignState, campaignMoves, campaignStates } from './campaign-state.ts'
export type { Claimed } from './claim.ts'
export { type GivenAnswer, type Suspicion, suspicionsIn } from './coached.ts'
export type { Ring, Told } from './dialer.ts'
export { type ExclusionEvent, exclusionsIn } from './exclusions.ts'
export type { SurveyFaultCode } from './faults.ts'
export type { Answered } from './hand.ts'
export { halfDayOf, isPermitted, nextPermitted } from './hours.ts'
export { surveyQueues } from './jobs.ts'
export type { SurveyLink } from './link-actions.ts'
export { surveyMigrations } from './migrations.ts'
export { answerOf, surveyFlow, surveyNeeds, surveyWords } from './needs.ts'
export type { Owing } from './owe.ts'
export {
  compositeOf,
  partsOf,
  type RateName,
  type Rates,
  rateNames,
  ratesOf,
  sumOf,
  type Tally,
} from './rates.ts'
export { reportedSurveys } from './reported.ts'
export type { Period, RateGroup } from './reports.ts'
export { surveysSubject } from './rule-subject.ts'
export { ordinaryRules, readSurveyRules, type SurveyRules } from './rules.ts'
export type { Answers, AttemptEnd, OneAnswer, PersonWish } from './survey.ts'
export { surveyMoves, surveyStates } from './survey-state.ts'
export { openSurveys, type Surveys } from './surveys.ts'
