/**
 * From words to a suggestion: what kind of demand a text is, how sure that is, and which words weighed. Pure functions over
 * the catalogue's profiles, or over a model that was learnt from confirmed orders; a suggestion never decides.
 */

export { type CorrectedModel, classifyCorrected, correctModel } from './corrected-model.ts'
export { type Example, readExamples, readTexts } from './examples.ts'
export { triageFaults } from './faults.ts'
export type { TriageText } from './features.ts'
export { type LearnOptions, learn } from './learn.ts'
export { type AnsweredText, type Measures, measure } from './measures.ts'
export { classify, explain, type Model } from './model.ts'
export { type Learnt, readModel, writeModel } from './model-file.ts'
export { createNoise, type Noise } from './noise.ts'
export { buildProfiles, type Correction, explainObject, type Profiles, suggest } from './profiles.ts'
export { proveSays } from './proof.ts'
export { createRandom } from './random.ts'
export type { Suggestion, Weighed } from './suggestion.ts'
