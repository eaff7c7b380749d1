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

/** A demand as a seat takes it down. */
export type NewOrder = {
  /** The call in which it was told. */
  readonly call?: string
  /** The call's first ring; the present time for demands that came by other ways. */
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
  /** Absent if not decided yet. */
  readonly category?: string
  /** A matter that elders often raise; it gets their fast track. */
  readonly elderMatter?: boolean
  /** The category's when absent. */
  readonly urgency?: Urgency
  readonly matter: string
  readonly place: string
  readonly street: string
  /** The category's when absent. */
  readonly unit?: string
  /** Why it waits for a dispatcher. */
  readonly waits?: WaitsBecause
  /** The co-units that work on it, and the units that get a copy. */
  readonly coUnits?: readonly string[]
  readonly copies?: readonly string[]
  /** The order whose demand was split, and the orders that hold its other matters. */
  readonly splitFrom?: { readonly order: string; readonly beside: readonly string[] }
  /** The answer given while the caller was on the line. */
  readonly answered?: { readonly words: string; readonly article?: string | undefined }
}

/** Commands on an existing order: those of people, and those that only the system issues. */
export type Command =
  | OrderCommand
  /** The citizen's number was verified; `number` is the one that was. */
  | { readonly do: 'verify-contact'; readonly number: string; readonly how: 'read-back' }
  /** Files that are already stored. */
  | { readonly do: 'show-evidence'; readonly pieces: readonly Piece[] }
  | ({ readonly do: 'answer' } & Answer)
  /** An answer through the citizen's link, which was made for the question in this event. */
  | { readonly do: 'reply'; readonly seq: number; readonly words: string }
  /** For signed-in members only, never for a program. */
  | { readonly do: 'ask-erasure'; readonly because: ErasureReason }
  | { readonly do: 'refuse-erasure' }
  /** Issued when triage is sure and the city dispatches such kinds automatically. */
  | {
      readonly do: 'dispatch-by-rule'
      readonly unit: string
      readonly kind: string
      readonly category: string
      readonly sure: number
      readonly threshold: number
      readonly sampled: boolean
    }
  /** Consequences for orders that are handled together (`merging/consequences.ts`). */
  | { readonly do: 'join'; readonly order: string; readonly clocks: readonly OrderClock[] }
  | { readonly do: 'leave'; readonly order: string }
  | ({ readonly do: 'follow' } & Omit<Extract<Happening, { kind: 'followed' }>, 'kind'>)
  | {
      readonly do: 'close-with'
      readonly lead: string
      readonly result: Extract<Happening, { kind: 'closed' }>['result']
      /** Whether its citizen is asked; false if they are asked about another order closed with it. */
      readonly isAsked: boolean
    }
  /** Dissolved units are replaced by their successors. */
  | { readonly do: 'succeed' }
  /** Time has passed. */
  | { readonly do: 'tick' }

/** A text message to be sent, and its recipient; worded when it is sent. */
export type Notice =
  | { readonly kind: 'dispatched'; readonly to: 'unit' }
  | {
      readonly kind: 'warning'
      readonly to: 'unit' | 'street' | 'district' | 'city' | 'dispatch'
      readonly percent: number
      /** Set for the centre's own clocks. */
      readonly clock?: ClockName
    }
  /** A co-unit has not answered: told to it, to the lead, and to its supervision. */
  | {
      readonly kind: 'help-warning'
      readonly to: 'helper' | 'helper-street' | 'unit' | 'dispatch' | 'district' | 'city'
      readonly unit: string
      readonly percent: number
    }
  /** The unit did not sign within a limit: told to the person in charge. */
  | { readonly kind: 'unsigned'; readonly to: 'unit' | 'street' | 'dispatch' | 'district' | 'city' }
  | { readonly kind: 'citizen-answered' | 'citizen-silent'; readonly to: 'unit' }
  | { readonly kind: 'helped'; readonly to: 'unit'; readonly unit: string }
  | { readonly kind: 'return-asked'; readonly to: 'dispatch' }
  | { readonly kind: 'return-refused' | 'site-check'; readonly to: 'unit' }
  | { readonly kind: 'disputed'; readonly to: 'city' }
  /** Asked to help with an order that another unit leads. */
  | { readonly kind: 'granted'; readonly to: 'helper'; readonly unit: string }
  | { readonly kind: 'reopened'; readonly to: 'unit' | 'street' }
  /** An instruction at a level of supervision: issued, waiting, or answered. */
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

/** The outcome of a command. */
export type Decision = { readonly happenings: readonly Happening[]; readonly notices: readonly Notice[] }

/** Who gives a command, and when. */
export type Giving = { readonly by: Actor; readonly atMs: number }

/** Who gives it and when, and the rules that apply. */
export type Context = Giving & {
  readonly rules: OrderRules
  readonly calendar: Calendar
  /** The other order, for commands about two; absent when only asking whether such a command is possible. */
  readonly beside?: Order | undefined
  /** Numbers of the orders made by a split. */
  readonly made?: readonly OrderNumber[] | undefined
}

/** The greatest difference between two nodes' clocks; beyond it, a clock was set back. */
export const skewMs = 2_000
