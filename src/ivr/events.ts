import type { Key, PlayEnd, Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'

/** What happens in a flow, as it happens: everything that whoever uses it may want to know, in one stream. */
export type FlowEvent =
  | { readonly kind: 'key'; readonly key: Key }
  /** A value was collected, such as an answer of a survey. */
  | { readonly kind: 'collected'; readonly name: string; readonly value: string }
  /** The caller hears these from now on; `playing` is how that ends. */
  | { readonly kind: 'playing'; readonly sounds: readonly Sound[]; readonly playing: Promise<PlayEnd> }
  /** No voice was to be had for these: they can only be read. */
  | { readonly kind: 'unspoken'; readonly utterances: readonly Utterance[] }
  /** They wish for a person, and join the queue. @property unasked the flow brought them: they were silent, or could hear nothing */
  | { readonly kind: 'queued'; readonly reason: string; readonly unasked?: true }
  /** Their place from 1; 0: a person has answered and is being connected. */
  | { readonly kind: 'place'; readonly place: number }
  /** Their place came to this end; `left` when they chose something else, or hung up. */
  | { readonly kind: 'unqueued'; readonly end: QueueOutcome | 'left' }
  /** They heard to its end that conversations are recorded. */
  | { readonly kind: 'told-recorded' }
  | { readonly kind: 'recording'; readonly name: string }
  /** The recording has come to its end; it may not have been kept. */
  | { readonly kind: 'recorded'; readonly name: string; readonly isKept: boolean }
  /** A text was sent, by its template. */
  | { readonly kind: 'texted'; readonly template: string }
  /** The last: nothing comes after it. */
  | { readonly kind: 'ended'; readonly how: FlowEnd }

/** How a place in the queue came to its end; `abandoned` when they were gone. */
export type QueueOutcome = 'served' | 'full' | 'failed' | 'abandoned'

/** `connected`: in a person's hands, and the call goes on without the flow. */
export type FlowEnd = 'connected' | 'ended'
