import type { FlowNeed } from '../ivr/index.ts'
import { contactedAnswers, ratings, solvedAnswers } from './api.ts'
import type { OneAnswer } from './survey.ts'

/** The flow that citizens are led through when a survey rings them. */
export const surveyFlow = 'survey'

/** What a survey's flow says besides its answers, by the names that it must say it by. */
export const surveyWords = {
  /** They want no more of these calls. */
  optOut: 'opt-out',
  /** The recording of why they are not content. */
  reason: 'reason',
  /** The recording of what they wanted a person for, when nobody could be reached. */
  demand: 'demand',
  /** The text with the link to the page on which they may answer instead. */
  link: 'survey-link',
} as const

/** What the flow must collect. A flow that does not is refused before it rings anybody: its answers would be lost. */
export const surveyNeeds: FlowNeed = {
  answers: { contacted: contactedAnswers, solved: solvedAnswers, rating: ratings.map(String) },
  offers: { [surveyWords.optOut]: ['yes'] },
  recordings: [surveyWords.reason, surveyWords.demand],
  instead: [surveyWords.link],
}

/** What a flow collected, as an answer; undefined for what is none. */
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
