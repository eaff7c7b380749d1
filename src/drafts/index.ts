/**
 * What an agent writes down while somebody speaks: a row from the first letter, so that neither a reload, nor a crash,
 * nor a caller who hangs up loses it. It belongs to the call, and ends with the order that is made of it.
 */

export { draftBrings } from './brings.ts'
export { type Draft, type DraftMerge, mergeDraft } from './draft.ts'
export { type DraftReader, type Drafts, type MadeOfDraft, openDrafts, oversees } from './drafts.ts'
export type { DraftFaultCode } from './faults.ts'
export type { DraftShelf } from './files.ts'
export { createKinds, type Kinds } from './kinds.ts'
export { type Learning, type LearningOptions, nextNight, openLearning } from './learning/learning.ts'
export { createReader, type LineReader } from './reading/reader.ts'
