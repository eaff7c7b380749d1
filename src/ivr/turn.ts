import type { Moment } from '../city/index.ts'
import type { Key } from '../media/index.ts'
import type { Utterance, VoiceLanguage } from '../speech/index.ts'
import type { CallFact } from '../telephony/index.ts'
import type { ToldIncident } from './told.ts'

/** Values of a call by name: keys, words and what was looked up. */
export type Values = Readonly<Record<string, string>>

/**
 * What the flow is doing at this instant.
 *
 *     idle -> saying <-> waiting -> over
 *               |  looking, acting, recording   (short, between the two)
 */
export type Doing = 'idle' | 'saying' | 'waiting' | 'looking' | 'acting' | 'recording' | 'over'

/** The state of a conversation: plain JSON, so that it can be saved, sent and enumerated. */
export type FlowState = {
  readonly flow: string
  readonly node: string
  readonly doing: Doing
  /** The phase that a verb is in, named by the verb; '' at its beginning. */
  readonly phase: string
  readonly language: VoiceLanguage
  /** Misses in a row. */
  readonly misses: number
  /** The number being keyed; while it is not empty, 0 is a digit. */
  readonly digits: string
  /** Keys typed ahead that nothing has taken yet. */
  readonly held: string
  readonly values: Values
  /** Whether a callback is owed to the number under `caller`. */
  readonly promised: boolean
}

/** What is known about the caller before anything is said. */
export type CallerFacts = {
  readonly language?: VoiceLanguage
  /** The number that the caller rings from; empty when withheld. */
  readonly caller: string
  /** Whether the conversation with an agent is transcribed. */
  readonly isTranscribed?: boolean
  /** Whether the conversation with an agent is recorded. */
  readonly isRecorded?: boolean
}

/** Facts that a branch can depend on. */
export type BranchFacts = {
  readonly elder: boolean
  readonly moment: Moment
  /** Known incidents that can be told in the caller's language, newest first. */
  readonly incidents?: readonly ToldIncident[]
  /** The number of callers in the queue for a person. */
  readonly waiting: number
}

export type Input =
  | { readonly kind: 'started'; readonly facts: CallerFacts }
  /** `isOnlyHere`: the key cannot answer a later question and is not held for one. */
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
   * The place in the queue, starting at 1; 0 while a person is being connected, when nothing may be said. `waitMinutes` is
   * the estimated wait, if any. `lacks`: no agent who is signed in has the wanted skill.
   */
  | {
      readonly kind: 'place'
      readonly place: number
      readonly waitMinutes?: number
      readonly lacks?: boolean
    }
  /**
   * The callback is saved, in the database or on disk until the database is back. `due`: the time by which the caller is
   * rung, in words of their language; absent if it cannot be told.
   */
  | { readonly kind: 'promised'; readonly due?: string }
  | { readonly kind: 'full' }
  | { readonly kind: 'queueFailed' }
  | { readonly kind: 'served' }
  | { readonly kind: 'hangup' }

export type Effect =
  /**
   * Plays these utterances in place of what is playing, and ends any wait. Answered by `promptDone` or `promptFailed`. A
   * caller who has us on hold hears them on return, except those that `passes`, which are no longer true by then.
   */
  | { readonly kind: 'say'; readonly utterances: readonly Utterance[]; readonly passes?: true }
  /** Plays music until something else plays. Not answered. */
  | { readonly kind: 'music' }
  /** Ends what is playing, waiting, acting, recording or ringing out, but not a place in the queue. */
  | { readonly kind: 'stop' }
  /** Answered by `silence` if nothing happens for this long. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Answered by `facts`. */
  | { readonly kind: 'look' }
  /** Joins the queue for a person. Answered by `place`, `full`, `queueFailed` and `served`. */
  | {
      readonly kind: 'queue'
      readonly reason: string
      readonly priority: number
      /** Skills that the agent should have. */
      readonly skills: readonly string[]
    }
  | { readonly kind: 'leaveQueue' }
  /** Records until `endRecord`, and is then answered by `actionDone` or `actionFailed`. */
  | { readonly kind: 'record'; readonly name: string; readonly values: Values }
  | { readonly kind: 'endRecord' }
  /** Answered by `actionDone` or `actionFailed`. */
  | { readonly kind: 'action'; readonly name: string; readonly values: Values }
  /** Owes a callback to this number, with the message that the caller left, if any. Answered by `promised` or `actionFailed`. */
  | { readonly kind: 'promise'; readonly number: string; readonly message?: string }
  /** Rings an outside number. Answered by `served` or `actionFailed`. */
  | { readonly kind: 'transfer'; readonly number: string }
  /** Reports a collected value to whoever keeps answers. Not answered. */
  | { readonly kind: 'collected'; readonly name: string; readonly value: string }
  | { readonly kind: 'journal'; readonly fact: CallFact }
  | { readonly kind: 'hangup' }
