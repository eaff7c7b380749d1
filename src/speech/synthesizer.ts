import type { Sound } from '../media/index.ts'

/** BCP 47 tag of a spoken language. New languages are added by adding prompts in them. */
export type VoiceLanguage = string

export type Utterance = {
  readonly text: string
  readonly language: VoiceLanguage
  /** Speech rate in syllables a minute: 200 for most, 120 to 160 for elder callers. */
  readonly syllablesPerMinute: number
  /** The prompt's name, if it has one. A recording of that name is played instead if it says this text. */
  readonly prompt?: string
  /** Whether it is about one caller, such as a number read back, so that neither text nor sound may be cached. */
  readonly once?: boolean
  /** The text to log if a number is read back in it: the same without the number. */
  readonly written?: string
  /** A substitute that was rendered in advance, said if no voice has this ready in time. */
  readonly instead?: Utterance
}

/** A speech synthesizer. The same utterance gives the same sound, so that prompts are rendered only once. */
export type Synthesizer = {
  readonly name: string
  /** How many utterances it speaks at a time; one when absent. Others wait their turn. */
  readonly atOnce?: number
  /** Whether it finishes late utterances, which are cached for the next caller: it has one thread, for which others must wait anyway. */
  readonly finishesLate?: true
  /**
   * What its sound depends on besides the utterance, such as version and voice: part of the cache's key. Undefined if it
   * keeps its sounds itself.
   */
  edition(language: VoiceLanguage): string | undefined
  /**
   * @throws Fault `speech-unknown` if it can never say this (no such language, nothing recorded), `speech-failed` or
   * `wav-unreadable` if it should have been able to; or the signal's reason
   */
  speak(utterance: Utterance, signal?: AbortSignal): Promise<Sound>
  /** Makes utterances in progress and later ones fail. */
  close(): Promise<void>
}
