import type { Key, PlayEnd, Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'

/** The events of a flow, in one stream, for everyone who uses it. */
export type FlowEvent =
  | { readonly kind: 'key'; readonly key: Key }
  /** A value was collected, such as an answer of a survey. */
  | { readonly kind: 'collected'; readonly name: string; readonly value: string }
  /** The caller hears these sounds from now on. `playing` resolves with how that ends. */
  | { readonly kind: 'playing'; readonly sounds: readonly Sound[]; readonly playing: Promise<PlayEnd> }
  /** These utterances could not be spoken and can only be read as captions. */
  | { readonly kind: 'unspoken'; readonly utterances: readonly Utterance[] }
  /** The caller joins the queue for a person. @property unasked the flow put them there because they were silent or could hear nothing */
  | { readonly kind: 'queued'; readonly reason: string; readonly unasked?: true }
  /** The caller's place, starting at 1; 0 when a person has answered and is being connected. */
  | { readonly kind: 'place'; readonly place: number }
  /** The caller left the queue; `left` means that they chose something else or hung up. */
  | { readonly kind: 'unqueued'; readonly end: QueueOutcome | 'left' }
  /** The caller heard the whole notice that conversations are recorded. */
  | { readonly kind: 'told-recorded' }
  | { readonly kind: 'recording'; readonly name: string }
  /** The recording ended. `isKept` tells whether it was saved. */
  | { readonly kind: 'recorded'; readonly name: string; readonly isKept: boolean }
  /** An SMS of this template was sent. */
  | { readonly kind: 'texted'; readonly template: string }
  /** The last event. */
  | { readonly kind: 'ended'; readonly how: FlowEnd }

/** How a caller's place in the queue ended; `abandoned` when they had gone. */
export type QueueOutcome = 'served' | 'full' | 'failed' | 'abandoned'

/** `connected`: a person has the call, which goes on without the flow. */
export type FlowEnd = 'connected' | 'ended'
