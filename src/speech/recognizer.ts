import type { Frame } from '../media/index.ts'
import type { VoiceLanguage } from './synthesizer.ts'

/** A speech recognizer: turns one speaker's sound into words while they are spoken. */
export type Recognizer = {
  readonly name: string
  /** Starts to listen to one speaker. It never throws: errors are reported through `words`. */
  listen(options: ListenOptions): Hearing
  /** Ends all open hearings. */
  close(): Promise<void>
}

export type ListenOptions = {
  readonly language: VoiceLanguage
  /** Likely words, such as streets and departments: a hint that some recognizers ignore. */
  readonly phrases?: readonly string[]
  /** Ends the hearing at once, without waiting for its last words. */
  readonly signal?: AbortSignal
}

export type Hearing = {
  /**
   * Takes the next 20 ms as a tap hands them over; the payload is copied. It never blocks or throws: a recognizer that is
   * too slow loses the oldest frames, which `words` reports as a gap. After `close` it does nothing.
   * @param atMs when the frame began to be audible; the times of words are on the same scale
   */
  push(frame: SoundFrame, atMs: number): void
  /**
   * The words heard, for a single reader; ends after `close`.
   * @throws Fault with a `HearingFailure` as its code when this recognizer stops hearing; nothing follows it
   */
  readonly words: AsyncIterable<Heard>
  /** Says that no more sound will come. The last words may still follow within about two seconds; then `words` ends. */
  close(): void
}

export type SoundFrame = Pick<Frame, 'codec' | 'payload'>

export type Heard = HeardWords | Gap | Switched | Deaf

/**
 * The words recognized in a stretch of speech. Interim words may be replaced by later ones of the same utterance; final
 * words stay. Every utterance ends with one `final`, whose text is empty if it turned out not to be speech.
 */
export type HeardWords = {
  readonly kind: 'interim' | 'final'
  /** The utterance: 1, 2, … in the order in which they begin within one hearing. */
  readonly id: number
  readonly text: string
  /** When these words begin and end in the sound, on the scale of `push`. */
  readonly startMs: number
  readonly endMs: number
  /** Confidence in the whole utterance, 0 to 1, if the recognizer gives one. */
  readonly confidence?: number
}

/** Sound that no recognizer heard. */
export type Gap = {
  readonly kind: 'gap'
  readonly fromMs: number
  readonly toMs: number
  /** The number of 20 ms frames. */
  readonly frames: number
  /** `slow`: the sound came faster than it was recognized; otherwise why the recognizer stopped hearing. */
  readonly reason: 'slow' | HearingFailure
}

/** Another recognizer listens from now on. A single recognizer never reports this. */
export type Switched = {
  readonly kind: 'switched'
  /** Absent after `deaf`. */
  readonly from?: string
  readonly to: string
  /** Why the previous one was replaced. */
  readonly reason: HearingFailure
}

/** No recognizer is left. Reported once, until a `switched` says that one listens again. */
export type Deaf = { readonly kind: 'deaf'; readonly reason: HearingFailure }

/** Why a recognizer stopped hearing: the codes of its faults. */
export const hearingFailures = [
  /** It refuses us: a wrong key or missing permission. */
  'recognizer-refused',
  /** Too many requests at once, or the quota is used up. */
  'recognizer-throttled',
  /** It takes sound but reports nothing. */
  'recognizer-stalled',
  /** It cannot be reached, disconnected, or crashed. */
  'recognizer-failed',
] as const
export type HearingFailure = (typeof hearingFailures)[number]
