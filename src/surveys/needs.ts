import type { FlowNeed } from '../ivr/index.ts'
import { contactedAnswers, ratings, solvedAnswers } from './api.ts'
import type { OneAnswer } from './survey.ts'

/** The flow for survey calls. */
export const surveyFlow = 'survey'

/** Names that the survey's flow must use for things other than answers. */
export const surveyWords = {
  /** The citizen wants no more of these calls. */
  optOut: 'opt-out',
  /** The recording of why they are dissatisfied. */
  reason: 'reason',
  /** The recording of what they wanted a person for, when none could be reached. */
  demand: 'demand',
  /** The text with the link to the page on which they may answer instead. */
  link: 'survey-link',
} as const

/** What the flow must collect. A flow that does not is refused before it rings anybody, since answers would be lost. */
export const surveyNeeds: FlowNeed = {
  answers: { contacted: contactedAnswers, solved: solvedAnswers, rating: ratings.map(String) },
  offers: { [surveyWords.optOut]: ['yes'] },
  recordings: [surveyWords.reason, surveyWords.demand],
  instead: [surveyWords.link],
}

/** A collected value as an answer; undefined if it is none. */
export function answerOf(name: string, given: string): OneAnswer | undefined {
  switch (name) {
    case 'contacted': {
      const value = contactedAnswers.find(one => one === given)
      return value && { name, value }
    }
    case 'solved': {
      const value = solvedAnswers.find(one => one === given)
      return value && { name, value }
    }
    case 'rating': {
      const value = ratings.find(one => String(one) === given)
      return value && { name, value }
    }
  }
  return undefined
}
