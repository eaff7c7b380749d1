import type { Sound } from '../media/index.ts'

/** BCP 47 tags of what we speak; others come by adding prompts in them. */
export type Language = string

export type Utterance = {
  readonly text: string
  readonly language: Language
  /** Speech rate in syllables a minute: 200 for most, 120 to 160 for elder callers. */
  readonly syllablesPerMinute: number
}

/** A mouth. The same utterance gives the same sound, so that prompts are rendered once. */
export type Synthesizer = {
  readonly name: string
  /** @throws Fault `speech-failed`; or the signal's reason when it aborts. */
  speak(utterance: Utterance, signal?: AbortSignal): Promise<Sound>
  close(): Promise<void>
}
