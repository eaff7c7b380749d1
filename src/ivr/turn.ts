import type { Moment } from '../city/index.ts'
import type { Key } from '../media/index.ts'
import type { Utterance, VoiceLanguage } from '../speech/index.ts'
import type { CallFact } from '../telephony/index.ts'
import type { ToldIncident } from './told.ts'

/** Keys, words and what was found out about a call, by name. */
export type Values = Readonly<Record<string, string>>

/**
 * What a caller lives through at this instant.
 *
 *     idle -> saying <-> waiting -> over
 *               |  looking, acting, recording   (short, between the two)
 */
export type Doing = 'idle' | 'saying' | 'waiting' | 'looking' | 'acting' | 'recording' | 'over'

/** Where a conversation is: plain JSON, so that it can be kept, sent and enumerated. */
export type FlowState = {
  readonly flow: string
  readonly node: string
  readonly doing: Doing
  /** A part of a verb's course, named by the verb; '' at its beginning. */
  readonly phase: string
  readonly language: VoiceLanguage
  /** Misses in a row. */
  readonly misses: number
  /** The number being keyed; while it is not empty, 0 is a digit. */
  readonly digits: string
  /** Keys typed ahead while nothing could take them. */
  readonly held: string
  readonly values: Values
  /** A callback is owed to the number under `caller`. */
  readonly promised: boolean
}

/** What is known of the caller before the first word. */
export type CallerFacts = {
  readonly language?: VoiceLanguage
  /** The number they ring from; empty when withheld. */
  readonly caller: string
  /** What they say is turned into text for whoever answers. */
  readonly isTranscribed?: boolean
  /** What they say to whoever answers is recorded. */
  readonly isRecorded?: boolean
}

/** What can be asked of the world. */
export type BranchFacts = {
  readonly elder: boolean
  readonly moment: Moment
  /** What is wrong in the city now and can be told in the caller's language, the newest first. */
  readonly incidents?: readonly ToldIncident[]
  /** Callers waiting in the queue for a person. */
  readonly waiting: number
}

export type Input =
  | { readonly kind: 'started'; readonly facts: CallerFacts }
  /** `isOnlyHere`: it is no answer to the next question, and does not wait for one. */
  | { readonly kind: 'key'; readonly key: Key; readonly isOnlyHere?: boolean }
  /** The caller spoke to the machine. */
  | { readonly kind: 'utterance' }
  /** Patience ran out. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'promptDone' }
  | { readonly kind: 'promptFailed' }
  | { readonly kind: 'facts'; readonly facts: BranchFacts }
  | { readonly kind: 'actionDone'; readonly result: Values }
  | { readonly kind: 'actionFailed' }
  /**
   * Place in the queue from 1; 0 while a person is being connected, when nothing may be said. `waitMinutes` where there is
   * an estimate; `lacks`: nobody who is signed in has the skill that they wish for.
   */
  | {
      readonly kind: 'place'
      readonly place: number
      readonly waitMinutes?: number
      readonly lacks?: boolean
    }
  /**
   * The callback is owed, and safe: in the database, or on the disk until that is back. `due`: by when they will have been
   * rung, in the words of their language; absent where nobody can tell.
   */
  | { readonly kind: 'promised'; readonly due?: string }
  | { readonly kind: 'full' }
  | { readonly kind: 'queueFailed' }
  | { readonly kind: 'served' }
  | { readonly kind: 'hangup' }

export type Effect =
  /**
   * Plays these, replacing what plays; ends any wait. Answered by `promptDone` or `promptFailed`. Whoever has us on hold
   * hears it once they are back, but what `passes` is no longer true by then.
   */
  | { readonly kind: 'say'; readonly utterances: readonly Utterance[]; readonly passes?: true }
  /** Plays what people wait with, until something else plays. Not answered. */
  | { readonly kind: 'music' }
  /** Ends what plays, waits, acts, records or rings out; not a place in the queue. */
  | { readonly kind: 'stop' }
  /** Answered by `silence` when nothing happens for so long. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Asks for `facts`. */
  | { readonly kind: 'look' }
  /** A place in the queue for a person. Answered by `place`, `full`, `queueFailed`, `served`. */
  | {
      readonly kind: 'queue'
      readonly reason: string
      readonly priority: number
      /** What whoever answers should be able to do. */
      readonly skills: readonly string[]
    }
  | { readonly kind: 'leaveQueue' }
  /** Records until `endRecord`. Answered, after that, by `actionDone` or `actionFailed`. */
  | { readonly kind: 'record'; readonly name: string; readonly values: Values }
  | { readonly kind: 'endRecord' }
  /** Answered by `actionDone` or `actionFailed`. */
  | { readonly kind: 'action'; readonly name: string; readonly values: Values }
  /** A callback is owed to this number; with a recording that they left. Answered by `promised` or `actionFailed`. */
  | { readonly kind: 'promise'; readonly number: string; readonly message?: string }
  /** Rings an outside number. Answered by `served` or `actionFailed`. */
  | { readonly kind: 'transfer'; readonly number: string }
  /** A value was collected; for whoever keeps answers. Not answered. */
  | { readonly kind: 'collected'; readonly name: string; readonly value: string }
  | { readonly kind: 'journal'; readonly fact: CallFact }
  | { readonly kind: 'hangup' }
