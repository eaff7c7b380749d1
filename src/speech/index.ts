/**
 * The mouth (and, later, the ears): text becomes sound, once. Recorded prompts win over synthesis; what was rendered
 * is kept by content; when every mouth fails there is still the message that ships with the product.
 */

export { holdMusic } from './hold-music.ts'
export { readDigits } from './numbers.ts'
export { createPromptBook, type Preparation, type PromptBook, type PromptFigures } from './prompt-book.ts'
export type { Language, Synthesizer, Utterance } from './synthesizer.ts'
export { createAzure } from './synthesizers/azure.ts'
export { createEspeak } from './synthesizers/espeak.ts'
export { openRecorded } from './synthesizers/recorded.ts'
export { type Behaviour, createScripted } from './synthesizers/scripted.ts'
