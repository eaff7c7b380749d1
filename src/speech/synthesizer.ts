import type { Sound } from '../media/index.ts'

/** BCP 47 tags of what we speak; others come by adding prompts in them. */
export type VoiceLanguage = string

export type Utterance = {
  readonly text: string
  readonly language: VoiceLanguage
  /** Speech rate in syllables a minute: 200 for most, 120 to 160 for elder callers. */
  readonly syllablesPerMinute: number
  /** The prompt's name, where it has one: a recording of that name is played instead, if it says this text. */
  readonly prompt?: string
  /** It tells of one caller (a number read back): neither its text nor its sound is kept. */
  readonly once?: boolean
  /** What may be written down of it, where a number is read back in it: the same without that. */
  readonly written?: string
  /** Said where no voice has this ready in time: the same in words that were made before. */
  readonly instead?: Utterance
}

/** A mouth. The same utterance gives the same sound, so that prompts are rendered once. */
export type Synthesizer = {
  readonly name: string
  /** How many utterances it speaks at a time; one when absent. Whatever more is asked of it waits for its turn. */
  readonly atOnce?: number
  /** What is late is finished all the same, and kept for the next caller: it has one thread, which others wait for in any case. */
  readonly finishesLate?: true
  /**
   * What its sound depends on besides the utterance, such as version and voice; rendered prompts are kept under it.
   * Undefined: it keeps its sounds itself.
   */
  edition(language: VoiceLanguage): string | undefined
  /**
   * @throws Fault `speech-unknown` when this mouth never says that (no such language, nothing recorded), `speech-failed`
   * or `wav-unreadable` when it should have; or the signal's reason when it aborts.
   */
  speak(utterance: Utterance, signal?: AbortSignal): Promise<Sound>
  /** What is under way fails, and so does whatever is asked later. */
  close(): Promise<void>
}
