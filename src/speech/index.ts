/**
 * Speech synthesis and recognition. Text is rendered to sound once: recorded prompts are preferred to synthesis, rendered
 * sound is cached by content, and if every synthesizer fails there is still a message that ships with the product. Sound
 * is recognized while it is spoken: if a recognizer fails, the next one takes over within the call, and sound that none
 * of them heard is reported as a gap.
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
