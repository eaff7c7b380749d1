/**
 * The mouth (and, later, the ears): text becomes sound, once. Recorded prompts win over synthesis; what was rendered
 * is kept by content; when every mouth fails there is still the message that ships with the product.
 */

export type { Language, Synthesizer, Utterance } from './synthesizer.ts'
