import type { Frame } from '../media/index.ts'
import type { VoiceLanguage } from './synthesizer.ts'

/** An ear: sound of one speaker becomes words, while they are spoken. */
export type Recognizer = {
  readonly name: string
  /** Begins to listen to one speaker; how that goes is told by `words`, so this never throws. */
  listen(options: ListenOptions): Hearing
  /** Every hearing that is still open ends. */
  close(): Promise<void>
}

export type ListenOptions = {
  readonly language: VoiceLanguage
  /** Words that are likely here, such as streets and departments: a hint, ignored by those that take none. */
  readonly phrases?: readonly string[]
  /** Ends the hearing at once, without waiting for its last words. */
  readonly signal?: AbortSignal
}

export type Hearing = {
  /**
   * The next 20 ms, as a tap hands them over; the payload is copied. Never blocks and never throws: a recognizer that
   * does not keep up loses the oldest frames, which `words` then tells as a gap. After `close` it does nothing.
   * @param atMs when the frame began to be audible; whatever scale it is on, the times of words are on the same.
   */
  push(frame: SoundFrame, atMs: number): void
  /**
   * What was heard, for one reader; ends after `close`.
   * @throws Fault with a `HearingFailure` as its code when this recognizer hears no more; nothing comes after it
   */
  readonly words: AsyncIterable<Heard>
  /** No more sound will come. The last words may still follow, within some two seconds, and then `words` ends. */
  close(): void
}

export type SoundFrame = Pick<Frame, 'codec' | 'payload'>

export type Heard = HeardWords | Gap | Switched | Deaf

/**
 * What a stretch of speech is taken for. Interim words may be rewritten by later ones of the same utterance; final
 * words stay. Every utterance ends with one `final`, whose text is empty when it turned out to be no speech at all.
 */
export type HeardWords = {
  readonly kind: 'interim' | 'final'
  /** The utterance: 1, 2, … in the order in which they begin within one hearing. */
  readonly id: number
  readonly text: string
  /** Where in the sound these words begin and end, on the scale of `push`. */
  readonly startMs: number
  readonly endMs: number
  /** 0 to 1, of the whole utterance, where the recognizer says. */
  readonly confidence?: number
}

/** Sound that nobody listened to. */
export type Gap = {
  readonly kind: 'gap'
  readonly fromMs: number
  readonly toMs: number
  /** How many frames of 20 ms. */
  readonly frames: number
  /** `slow`: it came faster than it was recognized; or why the recognizer heard no more. */
  readonly reason: 'slow' | HearingFailure
}

/** Another recognizer listens from now on. A single recognizer never says this. */
export type Switched = {
  readonly kind: 'switched'
  /** Absent after `deaf`. */
  readonly from?: string
  readonly to: string
  /** Why the last one was left. */
  readonly reason: HearingFailure
}

/** Nobody is left to listen; said once, until a `switched` says that somebody is again. */
export type Deaf = { readonly kind: 'deaf'; readonly reason: HearingFailure }

/** Why a recognizer hears no more: what the code of its fault says. */
export const hearingFailures = [
  /** It does not let us in: wrong key, no right. */
  'recognizer-refused',
  /** Too many at once, or the quota is used up. */
  'recognizer-throttled',
  /** It takes sound and says nothing. */
  'recognizer-stalled',
  /** Cannot be reached, hung up, or broke. */
  'recognizer-failed',
] as const
export type HearingFailure = (typeof hearingFailures)[number]
