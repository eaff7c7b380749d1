/**
 * A language model, where the city has switched one on: after a call it sums up what was said and offers fields, and it
 * drafts an answer out of the knowledge base. It decides nothing and is believed nothing: who it is about is masked before
 * anything leaves, what it says has to stand in the words that it was given, and whatever does not is dropped and counted.
 */

export { type Assistant, openAssistant } from './assistant.ts'
export { assistantFaults } from './faults.ts'
export { type Masked, mask } from './masking.ts'
export { findWords, isBorneOut } from './words.ts'
