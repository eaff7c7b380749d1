import type { Rule } from './rule.ts'
import { nothingGoesRound } from './rules/cycles.ts'
import {
  elderChoices,
  elderDepth,
  elderHaste,
  elderPace,
  elderPatience,
  elderSilence,
  elderWording,
} from './rules/elder.ts'
import { nobodyIsHungUpOn } from './rules/endings.ts'
import { incidentsAreShort, incidentsLeadToTheQueue } from './rules/incidents.ts'
import { everyLanguageIsSpoken } from './rules/languages.ts'
import { missesLeadToAPerson } from './rules/misses.ts'
import { whatIsNeededIsCollected } from './rules/needs.ts'
import {
  nobodyIsStranded,
  numbersDoNotBeginWithZero,
  pauseFreesZero,
  starFreesZero,
  zeroIsAPerson,
} from './rules/one-key.ts'
import { whatIsPromisedIsOwed, whoIsPromisedHasANumber } from './rules/promises.ts'
import { everyStateIsReached, everyWayIsWalked } from './rules/reach.ts'
import { whoIsRecordedIsTold } from './rules/recorded.ts'

/** The rules that are proved for every flow before it may answer calls. */
export const rules: readonly Rule[] = [
  zeroIsAPerson,
  numbersDoNotBeginWithZero,
  starFreesZero,
  pauseFreesZero,
  nobodyIsStranded,
  nobodyIsHungUpOn,
  missesLeadToAPerson,
  nothingGoesRound,
  everyStateIsReached,
  everyWayIsWalked,
  everyLanguageIsSpoken,
  whatIsNeededIsCollected,
  whatIsPromisedIsOwed,
  whoIsPromisedHasANumber,
  whoIsRecordedIsTold,
  incidentsLeadToTheQueue,
  incidentsAreShort,
  elderChoices,
  elderDepth,
  elderPatience,
  elderPace,
  elderWording,
  elderSilence,
  elderHaste,
]
