/** What pages and the terminal say alike: data without a dependency, which a page can carry. */

export { flowName, queueReason, stateName } from './words/flows.ts'
export {
  answerWords,
  causeWords,
  clockWords,
  eventWords,
  grantWords,
  groundWords,
  levelWords,
  lightWords,
  modeWords,
  resultWords,
  stageWords,
  toldWords,
  unverifiedWords,
  urgencyWords,
} from './words/orders.ts'
export { directionWords, roleWords, seatStateWords, speakerWords } from './words/people.ts'
export { type RefusalCode, refusalOf, refusalWords } from './words/refusals.ts'
export {
  becauseWords,
  breakWords,
  campaignNames,
  campaignStateWords,
  exclusionWords,
  groupWords,
  rateWords,
  signWords,
} from './words/surveys.ts'
export { both, type Language, type Words, wordsIn } from './words/words.ts'
