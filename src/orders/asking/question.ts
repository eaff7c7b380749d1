import type { Calendar } from '../../city/index.ts'
import { type Limit, reachedAt } from '../limit.ts'

/** The unit's latest question to the citizen. The order's clocks keep running; both are told so, with the time. */
export type CitizenAsked = {
  /** The event that asked. */
  readonly seq: number
  readonly askedAtMs: number
  readonly limit: Limit
  readonly answerSeq?: number
  readonly isOver?: true
}

export const isAsked = (question: CitizenAsked | undefined): question is CitizenAsked =>
  question !== undefined && question.answerSeq === undefined && !question.isOver

export const questionEndsAt = ({ askedAtMs, limit }: CitizenAsked, calendar: Calendar): number =>
  reachedAt(askedAtMs, limit, 1, calendar)
