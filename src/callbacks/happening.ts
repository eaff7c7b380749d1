import type { CallId } from '../telephony/index.ts'
import type { CallbackEnd, CallbackReason } from './api.ts'

/** What is known of the number: the call showed it; nobody vouches for it; somebody keyed it; it cannot be one; there is none. */
export type NumberProof = 'rang-us' | 'unproved' | 'keyed' | 'incomplete' | 'withheld'
/** Why a number is not to be rung, though it is one: they do not want it, or this city rings no such number. */
export type Unwilling = 'opted-out' | 'confidential' | 'no-contact' | 'out-of-reach'

/** How the citizen of an order is reached: `sms` by text alone, `none` not at all. */
export type ContactAgreed = { readonly numbers: readonly string[]; readonly contact: string }

/** A call in which somebody was not served. */
export type Loss = {
  readonly call: CallId
  readonly reason: CallbackReason
  readonly atMs: number
  readonly invitedAtMs: number
  /** Where the message lies, under the folder of recordings. */
  readonly message?: string
  /** Whether somebody speaks in it; absent where that is not known. */
  readonly hasVoice?: boolean
  /** What they say, where a recognizer listened. */
  readonly words?: string
}

export type Try = { readonly atMs: number; readonly by: string }

/** When they are rung again, and the lights of that. */
export type Again = {
  readonly notBeforeMs: number
  readonly yellowAtMs: number
  readonly redAtMs: number
}

/** What happened, as data; the reason stands in the loss, which is kept apart. */
export type CallbackHappening =
  | { readonly kind: 'owed'; readonly reason: CallbackReason }
  | {
      readonly kind: 'lost-again'
      readonly reason: CallbackReason
      readonly invitedAtMs: number
      readonly elder: boolean
      readonly toldAtMs?: number
      /** They were to be rung again later, and are at their telephone now: the lights of that. */
      readonly due?: Pick<Again, 'yellowAtMs' | 'redAtMs'>
    }
  /** By when they heard that they are rung, where that is another than was to be said; absent: they heard no time. */
  | { readonly kind: 'told'; readonly toldAtMs?: number }
  | {
      readonly kind: 'moved'
      readonly number: string
      readonly proof: NumberProof
      /** It is the first that can be rung: the lights of that. */
      readonly due?: Pick<Again, 'yellowAtMs' | 'redAtMs'>
    }
  /** They are not to be rung by now; or may be, without a `why`. */
  | { readonly kind: 'unwilling'; readonly why?: Unwilling }
  | { readonly kind: 'taken' }
  /** `isSpared`: they were reached and cut off, so that the last try does not count against them. */
  | { readonly kind: 'given-back'; readonly isSpared?: boolean }
  | { readonly kind: 'rung' }
  /** Their telephone did not ring, by no fault of theirs: no try. */
  | { readonly kind: 'not-rung'; readonly why: string }
  /** Nobody answered; whoever has it may say more of it. */
  | ({ readonly kind: 'unanswered' } & Again)
  /** They talk, with this seat, which has it from then on. */
  | { readonly kind: 'met'; readonly seat?: string }
  /** They talked, and what came of it is not said yet. */
  | { readonly kind: 'parted' }
  | ({ readonly kind: 'nobody' } & Again)
  | { readonly kind: 'warned'; readonly light: 'yellow' | 'red' }
  | { readonly kind: 'closed'; readonly end: CallbackEnd; readonly order?: string; readonly isTry?: boolean }
  | { readonly kind: 'forgotten' }

export type CallbackEventKind = CallbackHappening['kind']
