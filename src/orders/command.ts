import type { Contact } from '../callers/index.ts'
import type { Calendar } from '../city/index.ts'
import type { OrderCommand } from './acting/api.ts'
import type { ClockName, OrderType, Piece, Urgency } from './api.ts'
import type { OrderClock } from './clocks.ts'
import type { WaitsBecause } from './dispatching/api.ts'
import type { ErasureReason } from './erasing/api.ts'
import type { Actor, Answer, Happening } from './event.ts'
import type { OrderNumber } from './number.ts'
import type { Order } from './order.ts'
import type { OrderRules } from './rules.ts'
import type { SupervisionLevel } from './supervising/api.ts'

/** What somebody tells a seat, written down. */
export type NewOrder = {
  /** The call it is told in. */
  readonly call?: string
  /** When that call first rang; now when it came another way. */
  readonly rangAtMs?: number
  readonly caller: string
  readonly contact: Contact
  readonly elder?: boolean
  readonly confidential?: boolean
  /** BCP 47; zh-CN when absent. */
  readonly language?: string
  readonly type?: OrderType
  readonly name?: string
  /** Code in the catalogue. */
  readonly kind?: string
  readonly district?: string
  /** Nobody has said it yet when absent. */
  readonly category?: string
  /** What it is about is often asked by old people: it has their fast track. */
  readonly elderMatter?: boolean
  /** The category's when absent. */
  readonly urgency?: Urgency
  readonly matter: string
  readonly place: string
  readonly street: string
  /** The category's when absent. */
  readonly unit?: string
  /** Why a dispatcher has to say whose it is. */
  readonly waits?: WaitsBecause
  /** Who works on it beside its unit, and who reads it. */
  readonly coUnits?: readonly string[]
  readonly copies?: readonly string[]
  /** The order whose demand was several matters, and those that have the others. */
  readonly splitFrom?: { readonly order: string; readonly beside: readonly string[] }
  /** Answered while they were on the line. */
  readonly answered?: { readonly words: string; readonly article?: string | undefined }
}

/** What can be asked of an order that is there: what people do, and what only the house asks for. */
export type Command =
  | OrderCommand
  /** Somebody made sure of the citizen's number; `number` is what they made sure of. */
  | { readonly do: 'verify-contact'; readonly number: string; readonly how: 'read-back' }
  /** Files that are kept already. */
  | { readonly do: 'show-evidence'; readonly pieces: readonly Piece[] }
  | ({ readonly do: 'answer' } & Answer)
  /** By the link that the citizen was sent, which was made for the question of this event. */
  | { readonly do: 'reply'; readonly seq: number; readonly words: string }
  /** By members who have signed in, never for a program. */
  | { readonly do: 'ask-erasure'; readonly because: ErasureReason }
  | { readonly do: 'refuse-erasure' }
  /** Triage is sure, and the city lets such go by themselves. */
  | {
      readonly do: 'dispatch-by-rule'
      readonly unit: string
      readonly kind: string
      readonly category: string
      readonly sure: number
      readonly threshold: number
      readonly sampled: boolean
    }
  /** What follows for orders that are handled together (`merging/consequences.ts`). */
  | { readonly do: 'join'; readonly order: string; readonly clocks: readonly OrderClock[] }
  | { readonly do: 'leave'; readonly order: string }
  | ({ readonly do: 'follow' } & Omit<Extract<Happening, { kind: 'followed' }>, 'kind'>)
  | {
      readonly do: 'close-with'
      readonly lead: string
      readonly result: Extract<Happening, { kind: 'closed' }>['result']
      /** Its citizen is asked; not whoever is asked about another that is closed with it. */
      readonly isAsked: boolean
    }
  /** Units that were dissolved give their place to others. */
  | { readonly do: 'succeed' }
  /** Time went by. */
  | { readonly do: 'tick' }

/** What is sent by text message, and to whom; made in words when it is sent. */
export type Notice =
  | { readonly kind: 'dispatched'; readonly to: 'unit' }
  | {
      readonly kind: 'warning'
      readonly to: 'unit' | 'street' | 'district' | 'city' | 'dispatch'
      readonly percent: number
      /** Where it is the centre's own. */
      readonly clock?: ClockName
    }
  /** A unit that was asked to help is silent: told to it, to the lead, and to whom supervision goes. */
  | {
      readonly kind: 'help-warning'
      readonly to: 'helper' | 'helper-street' | 'unit' | 'dispatch' | 'district' | 'city'
      readonly unit: string
      readonly percent: number
    }
  /** Nobody of the unit signed within a limit: to the person in charge. */
  | { readonly kind: 'unsigned'; readonly to: 'unit' | 'street' | 'dispatch' | 'district' | 'city' }
  | { readonly kind: 'citizen-answered' | 'citizen-silent'; readonly to: 'unit' }
  | { readonly kind: 'helped'; readonly to: 'unit'; readonly unit: string }
  | { readonly kind: 'return-asked'; readonly to: 'dispatch' }
  | { readonly kind: 'return-refused' | 'site-check'; readonly to: 'unit' }
  | { readonly kind: 'disputed'; readonly to: 'city' }
  /** Asked to help with an order that another unit leads. */
  | { readonly kind: 'granted'; readonly to: 'helper'; readonly unit: string }
  | { readonly kind: 'reopened'; readonly to: 'unit' | 'street' }
  /** Of an instruction, at which level: that there is one, that it waits, that it was answered. */
  | {
      readonly kind: 'instructed' | 'instruction-answered'
      readonly to: 'unit' | SupervisionLevel
      readonly level: SupervisionLevel
    }
  | {
      readonly kind: 'instruction-waits'
      readonly to: 'unit' | 'city'
      readonly level: SupervisionLevel
      readonly percent: number
    }

/** What comes of a command. */
export type Decision = { readonly happenings: readonly Happening[]; readonly notices: readonly Notice[] }

/** Who gives a command, and when. */
export type Giving = { readonly by: Actor; readonly atMs: number }

/** Who gives it and when, and what it is held against. */
export type Context = Giving & {
  readonly rules: OrderRules
  readonly calendar: Calendar
  /** The other order of a command that is about two; absent where it is only asked whether there could be one. */
  readonly beside?: Order | undefined
  /** Numbers of the orders that a split makes. */
  readonly made?: readonly OrderNumber[] | undefined
}

/** Two nodes' clocks differ by so much at most; beyond it a clock was moved. */
export const skewMs = 2_000
