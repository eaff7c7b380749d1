import type { CallId } from '../telephony/index.ts'
import type { CallbackEnd, CallbackReason } from './api.ts'

/** How the number is known: the call showed it; stated without proof; keyed in; incomplete; withheld. */
export type NumberProof = 'rang-us' | 'unproved' | 'keyed' | 'incomplete' | 'withheld'
/** Why an existing number is not to be rung: they do not want it, or the city does not ring such numbers. */
export type Unwilling = 'opted-out' | 'confidential' | 'no-contact' | 'out-of-reach'

/** How the citizen of an order is reached: `sms` by text only, `none` not at all. */
export type ContactAgreed = { readonly numbers: readonly string[]; readonly contact: string }

/** A call in which somebody was not served. */
export type Loss = {
  readonly call: CallId
  readonly reason: CallbackReason
  readonly atMs: number
  readonly invitedAtMs: number
  /** Path of the message in the folder of recordings. */
  readonly message?: string
  /** Whether somebody speaks in it; absent if unknown. */
  readonly hasVoice?: boolean
  /** The words of the message, if a recognizer listened. */
  readonly words?: string
}

export type Try = { readonly atMs: number; readonly by: string }

/** When they are rung again, and the lights of that. */
export type Again = {
  readonly notBeforeMs: number
  readonly yellowAtMs: number
  readonly redAtMs: number
}

/** An event as data; the reason is in the loss, which is stored separately. */
export type CallbackHappening =
  | { readonly kind: 'owed'; readonly reason: CallbackReason }
  | {
      readonly kind: 'lost-again'
      readonly reason: CallbackReason
      readonly invitedAtMs: number
      readonly elder: boolean
      readonly toldAtMs?: number
      /** Set if they were to be rung only later but are at their telephone now: the new lights. */
      readonly due?: Pick<Again, 'yellowAtMs' | 'redAtMs'>
    }
  /** Corrects the time that they were told; absent if they did not hear one. */
  | { readonly kind: 'told'; readonly toldAtMs?: number }
  | {
      readonly kind: 'moved'
      readonly number: string
      readonly proof: NumberProof
      /** Set if it is the first number that can be rung: the lights of its limit. */
      readonly due?: Pick<Again, 'yellowAtMs' | 'redAtMs'>
    }
  /** They are no longer to be rung or, without a `why`, may be rung again. */
  | { readonly kind: 'unwilling'; readonly why?: Unwilling }
  | { readonly kind: 'taken' }
  /**
   * `isMissed`: they came to the telephone and no person was there for them. `isSpared`: the last attempt does not
   * count.
   */
  | { readonly kind: 'given-back'; readonly isMissed?: boolean; readonly isSpared?: boolean }
  | { readonly kind: 'rung' }
  /** Their telephone did not ring, by no fault of theirs: not an attempt. */
  | { readonly kind: 'not-rung'; readonly why: string }
  /** Nobody answered; the holder may add to that. */
  | ({ readonly kind: 'unanswered' } & Again)
  /** They talk with this seat, which holds the callback from now on. */
  | { readonly kind: 'met'; readonly seat?: string }
  /** The talk is over; its outcome has not been entered yet. */
  | { readonly kind: 'parted' }
  | ({ readonly kind: 'nobody' } & Again)
  | { readonly kind: 'warned'; readonly light: 'yellow' | 'red' }
  | { readonly kind: 'closed'; readonly end: CallbackEnd; readonly order?: string; readonly isTry?: boolean }
  | { readonly kind: 'forgotten' }

export type CallbackEventKind = CallbackHappening['kind']
