import type { contactedAnswers, ratings, solvedAnswers } from './api.ts'
import { type HalfDay, halfDayOf } from './hours.ts'
import type { SurveyRules } from './rules.ts'
import type { Settlement, SurveyState } from './survey-state.ts'

export type Contacted = (typeof contactedAnswers)[number]
export type Solved = (typeof solvedAnswers)[number]
export type Rating = (typeof ratings)[number]

/** A citizen's answers, question by question, since one who hangs up midway has answered only some. */
export type Answers = {
  readonly contacted?: Contacted
  readonly solved?: Solved
  readonly rating?: Rating
  /** The call in which they gave the reason; its words are in its transcript and recording. */
  readonly reason?: string
}

/** The possible ends of an attempt. */
export const attemptEnds = [
  'talked', // somebody answered and pressed a key
  'hung-up', // somebody seemed to answer, but pressed no key
  'machine',
  'busy',
  'no-answer',
  'unreachable',
  'not-rung', // our own line was down: no telephone rang
  'unknown', // the process died meanwhile: it may have rung
] as const
export type AttemptEnd = (typeof attemptEnds)[number]

/** An event of a survey: it never holds a citizen's number, name or words. */
export type SurveyEvent =
  | {
      readonly kind: 'owed'
      /** Absent in events of an earlier version, like the language. */
      readonly campaign?: string
      readonly language?: string
      readonly order: string
      /** 1 for the order's first closing. */
      readonly cycle: number
      readonly contact: 'voice' | 'unverified' | 'sms' | 'sign' | 'none'
      readonly elder: boolean
      readonly unit: string
      readonly category: string
      readonly street: string
      readonly closedAtMs: number
      /** Beyond the unit's duty; absent otherwise. */
      readonly isReferred?: true | undefined
    }
  | {
      readonly kind: 'rung'
      readonly attempt: number
      readonly redial: boolean
      /** By the rules of that time; absent in events of an earlier version. */
      readonly half?: HalfDay
    }
  | ({ readonly kind: 'answered'; readonly via: 'call' | 'link' } & OneAnswer)
  | {
      readonly kind: 'ended'
      readonly attempt: number
      readonly how: AttemptEnd
      readonly person?: PersonWish
    }
  | { readonly kind: 'linked'; readonly untilMs: number }
  /** A link was made for sending; only its token's hash is kept. */
  | { readonly kind: 'link-made'; readonly tokenHash: string; readonly untilMs: number }
  | { readonly kind: 'opted-out' }
  | { readonly kind: 'settled'; readonly as: Settlement }
  | { readonly kind: 'exclusion-asked'; readonly because: string; readonly by: string }
  | { readonly kind: 'exclusion-decided'; readonly agreed: boolean; readonly by: string }

export type OneAnswer = {
  readonly [Name in keyof Answers]-?: { readonly name: Name; readonly value: NonNullable<Answers[Name]> }
}[keyof Answers]

/** They waited for a person in the call. */
export type PersonWish = {
  readonly served: boolean
  /** Until they were served or gave up; absent if there was no queue to wait in. */
  readonly waitedMs?: number
  /** Set if the flow led them there by itself, for want of a voice or a key: they had not asked. */
  readonly unasked?: true
}

export type TimedEvent = { readonly atMs: number; readonly event: SurveyEvent }

export type Survey = {
  readonly state: SurveyState
  readonly owed?: Extract<SurveyEvent, { kind: 'owed' }>
  readonly attempts: number
  readonly redialled: boolean
  /** The end of the last attempt. */
  readonly lastEnd?: AttemptEnd
  readonly halfDays: ReadonlySet<HalfDay>
  readonly answers: Answers
  /** Whether somebody was there: a key was pressed, or the page was answered. */
  readonly reached: boolean
  readonly optedOut: boolean
  readonly linkUntilMs?: number
  readonly settled?: Settlement
  readonly settledAtMs?: number
  readonly exclusion?: {
    readonly because: string
    readonly askedBy: string
    readonly decidedBy?: string
    readonly agreed?: boolean
  }
}

export const noSurvey: Survey = {
  state: 'owed',
  attempts: 0,
  redialled: false,
  halfDays: new Set(),
  answers: {},
  reached: false,
  optedOut: false,
}

/** Applies one event; replaying all events gives the same survey. */
export function happen(survey: Survey, { atMs, event }: TimedEvent, rules: SurveyRules): Survey {
  switch (event.kind) {
    case 'owed':
      return { ...survey, owed: event }
    case 'rung':
      return {
        ...survey,
        state: 'ringing',
        attempts: event.attempt,
        redialled: event.redial,
        halfDays: new Set([...survey.halfDays, event.half ?? halfDayOf(atMs, rules)]),
      }
    case 'answered':
      return { ...survey, reached: true, answers: { ...survey.answers, [event.name]: event.value } }
    case 'ended':
      return ended(survey, event)
    case 'linked':
      return { ...survey, state: 'linked', linkUntilMs: event.untilMs }
    case 'link-made':
      return survey
    case 'opted-out':
      return { ...survey, reached: true, optedOut: true }
    case 'settled':
      return { ...survey, state: 'settled', settled: event.as, settledAtMs: survey.settledAtMs ?? atMs }
    case 'exclusion-asked':
      return { ...survey, exclusion: { because: event.because, askedBy: event.by } }
    case 'exclusion-decided':
      return survey.exclusion
        ? { ...survey, exclusion: { ...survey.exclusion, decidedBy: event.by, agreed: event.agreed } }
        : survey
  }
}

function ended(survey: Survey, { how }: Extract<SurveyEvent, { kind: 'ended' }>): Survey {
  const state = survey.state === 'ringing' ? 'owed' : survey.state
  if (how !== 'not-rung')
    return { ...survey, state, lastEnd: how, reached: survey.reached || how === 'talked' }
  // No telephone rang, so it is as if it had not been tried.
  if (survey.redialled) return { ...survey, state, redialled: false }
  const before = [...survey.halfDays].slice(0, -1)
  return { ...survey, state, attempts: survey.attempts - 1, halfDays: new Set(before) }
}

export const replay = (events: readonly TimedEvent[], rules: SurveyRules): Survey =>
  events.reduce((survey, event) => happen(survey, event, rules), noSurvey)

export const hasAnswer = ({ contacted, solved, rating }: Answers): boolean =>
  contacted !== undefined || solved !== undefined || rating !== undefined

/** What a link opens. `over`: answered otherwise, or too late. */
export function linkState(survey: Survey, untilMs: number, nowMs: number) {
  if (survey.settled === 'answered') return 'answered' as const
  return survey.state === 'settled' || nowMs >= untilMs ? ('over' as const) : ('open' as const)
}
