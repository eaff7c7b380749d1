/**
 * The mouth and the ears. Text becomes sound, once: recorded prompts win over synthesis; what was rendered is kept by
 * content; when every mouth fails there is still the message that ships with the product. Sound becomes words, while
 * they are spoken: ears take each other's place in the call, and what nobody heard is told as a gap.
 */

export type { AzureAccess } from './azure.ts'
export { speechFaults } from './fault-kinds.ts'
export { promptFigures, recognizerFigures } from './figures.ts'
export { holdMusic } from './hold-music.ts'
export { forLanguage, partsByLanguage } from './language.ts'
export { type Reading, readDigits, readingOf } from './numbers.ts'
export { createPromptBook, type Preparation, type PromptBook, type PromptFigures } from './prompt-book.ts'
export type {
  Deaf,
  Gap,
  Heard,
  HeardWords,
  Hearing,
  HearingFailure,
  ListenOptions,
  Recognizer,
  SoundFrame,
  Switched,
} from './recognizer.ts'
export { createAzureRecognizer } from './recognizers/azure.ts'
export { createRelay, type EarFigures, type Relay } from './recognizers/relay.ts'
export { createScriptedRecognizer, type Script, type ScriptedLine } from './recognizers/scripted.ts'
export { openSherpa } from './recognizers/sherpa.ts'
export { sherpaFamilies } from './recognizers/sherpa-model.ts'
export { type Critical, type Score, scoreText } from './score.ts'
export type { SpokenNotice } from './shipped.ts'
export { syllablesIn } from './syllables.ts'
export type { Synthesizer, Utterance, VoiceLanguage } from './synthesizer.ts'
export { createAzure } from './synthesizers/azure.ts'
export { createEspeak } from './synthesizers/espeak.ts'
export { openRecorded } from './synthesizers/recorded.ts'
export { type Behaviour, createScripted } from './synthesizers/scripted.ts'
