import type { Contact } from '../callers/index.ts'
import type { Actor, Answer, Happening, results, returnGrounds } from './event.ts'
import type { Piece } from './evidence.ts'
import type { Urgency } from './profile.ts'

/** What somebody tells a seat, written down. */
export type NewOrder = {
  /** The call it is told in. */
  readonly call?: string
  /** When that call first rang; now when it came another way. */
  readonly rangAtMs?: number
  readonly caller: string
  readonly contact: Contact
  readonly elder?: boolean
  /** BCP 47; zh-CN when absent. */
  readonly language?: string
  readonly category: string
  /** The category's when absent. */
  readonly urgency?: Urgency
  readonly matter: string
  readonly place: string
  readonly street: string
  /** The category's when absent. */
  readonly unit?: string
}

/** What can be asked of an order that is there. */
export type Command =
  | { readonly do: 'add'; readonly call?: string; readonly words: string }
  | { readonly do: 'sign' }
  | { readonly do: 'support'; readonly person: string; readonly phone: string }
  | { readonly do: 'progress'; readonly words: string; readonly citizenKnows: boolean }
  /** Somebody made sure of the citizen's number; `number` is what they made sure of. */
  | { readonly do: 'verify-contact'; readonly number: string; readonly how: 'read-back' }
  /** Files that are kept already. */
  | { readonly do: 'show-evidence'; readonly pieces: readonly Piece[] }
  | { readonly do: 'withdraw-evidence'; readonly hash: string }
  | {
      readonly do: 'return'
      readonly ground: (typeof returnGrounds)[number]
      readonly target: string
      readonly words: string
    }
  | {
      readonly do: 'reclassify'
      readonly category: string
      /** The unit that has it from now on, as if appointed; stays when absent. */
      readonly target?: string
      readonly words: string
    }
  | { readonly do: 'appoint'; readonly target: string; readonly words: string }
  | { readonly do: 'ask-extension'; readonly days: number; readonly reason: string }
  | { readonly do: 'decide-extension'; readonly granted: boolean; readonly words: string }
  | {
      readonly do: 'close'
      readonly result: (typeof results)[number]
      readonly words: string
      readonly evidence: readonly string[]
    }
  | ({ readonly do: 'answer' } & Answer)
  | { readonly do: 'note-ring'; readonly words: string }
  /** Time went by. */
  | { readonly do: 'tick' }

/** What is sent by text message, and to whom; made in words when it is sent. */
export type Notice =
  | { readonly kind: 'dispatched'; readonly to: 'unit' }
  | {
      readonly kind: 'warning'
      readonly to: 'unit' | 'street' | 'district' | 'city'
      readonly percent: number
    }
  | { readonly kind: 'disputed'; readonly to: 'city' }
  | { readonly kind: 'reopened'; readonly to: 'unit' | 'street' }

/** What comes of a command. */
export type Decision = { readonly happenings: readonly Happening[]; readonly notices: readonly Notice[] }

/** A command, who gives it and when. */
export type Asked = { readonly by: Actor; readonly atMs: number }
