/**
 * From words to a suggestion: what kind of demand a text is, how sure that is, and which words weighed. Pure functions over
 * the catalogue's profiles, or over a model that was learnt from confirmed orders; and what else a call tells for an order:
 * numbers, times, places, whom it hits, what cannot wait. A suggestion never decides.
 */

export { learnAside, profilesAside } from './aside.ts'
export { type CorrectedModel, classifyCorrected, correctModel } from './corrected-model.ts'
export { type Example, readExamples, readTexts } from './examples.ts'
export { triageFaults } from './faults.ts'
export type { TriageText } from './features.ts'
export { type LearnOptions, learn } from './learn.ts'
export { type AnsweredText, type Measures, measure } from './measures.ts'
export { classify, explain, type Model } from './model.ts'
export { hashOf, type Learnt, readModel, writeModel } from './model-file.ts'
export {
  bandsOf,
  enoughLike,
  isNear,
  likenessOf,
  type PlacedDemand,
  type Signature,
  signatureOf,
} from './nearby.ts'
export { createNoise, type Noise } from './noise.ts'
export {
  type Confirmed,
  compare,
  type Hits,
  heldOutSlots,
  isHeldOut,
  learnOvernight,
  type NightAnswer,
  type NightFigures,
  type NightTask,
  type Worse,
  withoutNumbers,
  worseIn,
} from './overnight.ts'
export {
  buildProfiles,
  type Correction,
  explainObject,
  objectsLike,
  type Profiles,
  profilesOf,
  suggest,
} from './profiles.ts'
export { catalogueDigest, readProfiles, writeProfiles } from './profiles-file.ts'
export { proveSays } from './proof.ts'
export { createRandom } from './random.ts'
export { readAddresses } from './reading/compounds.ts'
export { type Emergency, readEmergencies } from './reading/emergency.ts'
export { digitOf, numberIn, numeral } from './reading/numerals.ts'
export { createPlaceNames, type PlaceNames } from './reading/place-names.ts'
export { type PlaceRead, readPlace } from './reading/places.ts'
export {
  clauseAround,
  type FieldProposal,
  flat,
  isDenied,
  isDeniedAfter,
  type ReadField,
} from './reading/proposal.ts'
export { type CallNeeds, type CallRead, readCall } from './reading/read-call.ts'
export { proveSaysAside } from './says-aside.ts'
export type { Suggestion, Weighed } from './suggestion.ts'
