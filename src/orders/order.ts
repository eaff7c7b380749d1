import type { Contact } from '../callers/index.ts'
import type { ClockName, OrderType, Piece, Stage, Urgency } from './api.ts'
import type { CitizenAsked } from './asking/question.ts'
import type { ReadClosing } from './checking/read-closing.ts'
import type { OrderClock } from './clocks.ts'
import type { WaitsBecause } from './dispatching/api.ts'
import type { ByRule } from './dispatching/ruled.ts'
import type { ErasureAsked } from './erasing/api.ts'
import type { Answer, Happening, OrderEvent } from './event.ts'
import type { CoTask } from './helping/task.ts'
import type { Limit } from './limit.ts'
import type { Joined, Merged } from './merging/merged.ts'
import type { OrderNumber } from './number.ts'
import type { Returning } from './returning/returning.ts'
import type { Instruction } from './supervising/instruction.ts'
import type { SiteCheck } from './supervising/site-check.ts'

/** The contents of an event, with its time. */
export type Of<Kind extends Happening['kind']> = Omit<
  Extract<OrderEvent, { kind: Kind }>,
  'kind' | 'seq' | 'by'
>
/** Position and time of an event. */
export type Timed = Pick<OrderEvent, 'seq' | 'atMs'>

/** A file with its round. A file given by the citizen shows what is wrong, and is no evidence for a closing. */
export type GivenPiece = Piece & {
  readonly cycle: number
  readonly given?: true | undefined
  /** The event of the site check that the photo belongs to. */
  readonly site?: number
}

/** An order: the fold of its events. */
export type Order = {
  readonly number: OrderNumber
  /** The number of its events. */
  readonly seq: number
  readonly lastAtMs: number
  readonly stage: Stage
  /** 1, plus one for each reopening. */
  readonly cycle: number
  readonly rangAtMs: number
  readonly madeAtMs: number
  readonly caller: string
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  /** Older orders have no type, name, kind or district. */
  readonly type: OrderType | undefined
  readonly name: string | undefined
  /** Code in the catalogue; undefined once the category has been corrected. */
  readonly kind: string | undefined
  readonly district: string | undefined
  /** Empty while undecided. */
  readonly category: string
  readonly urgency: Urgency
  readonly matter: string
  readonly place: string
  readonly street: string
  /** The unit that has it (the centre before dispatch), and since when. */
  readonly unit: string
  readonly unitSinceMs: number
  /** The person of the unit who has it. */
  readonly assignee?: string | undefined
  /** Whether the centre appointed the unit, which then may not return it. */
  readonly appointed: boolean
  /** How often units returned it, whatever was decided. */
  readonly returns: number
  readonly returnings: readonly Returning[]
  /** The first unit that signed. */
  readonly lead?: string | undefined
  readonly supports: readonly Of<'supported'>[]
  /** Units asked to help by the lead or the centre, with the reason. */
  readonly grants: readonly Of<'granted'>[]
  /** Co-units by the dispatch catalogue; each has a grant, too. */
  readonly coUnits: readonly string[]
  /** Units that read it without a task. */
  readonly copies: readonly string[]
  /** Its dispatch by rule, with the review. */
  readonly byRule?: ByRule
  /** Whether the citizen wants a person to decide. */
  readonly personAsked: boolean
  /** Tasks of co-units, oldest first; finished ones stay. */
  readonly tasks: readonly CoTask[]
  readonly question?: CitizenAsked
  /** Instructions, oldest first; only the last can be open. */
  readonly instructions: readonly Instruction[]
  readonly siteChecks: readonly SiteCheck[]
  /** Orders that it may repeat, except those told apart from it. */
  readonly like: readonly string[]
  /** The other orders that its demand was split into. */
  readonly split: readonly string[]
  /** How often its caller asked without anything new and was told its state. */
  readonly statesTold: number
  /** The order that it is merged into, or was closed with. */
  readonly merged?: Merged | undefined
  /** Orders merged into it, or closed with it. */
  readonly joined: readonly Joined[]
  /** Whether no person in it is shown outside the centre. */
  readonly confidential: boolean
  readonly additions: readonly Of<'added'>[]
  readonly asked?: Of<'extension-asked'>
  /** Days of extension granted. */
  readonly extensions: readonly number[]
  /** Existing files, each with its round. */
  readonly evidence: readonly GivenPiece[]
  readonly closings: readonly Of<'closed'>[]
  /** Closings that the rules checked, with the centre's verdicts. */
  readonly checked: readonly ReadClosing[]
  readonly answers: readonly Answer[]
  readonly personRings: Limit
  /** Why it waits or waited for dispatch; absent if its maker named the unit. */
  readonly waits?: WaitsBecause
  /** The time that a unit has to sign, in cities that set one. */
  readonly signs: Limit | undefined
  /** The time that co-units of the dispatch catalogue have. */
  readonly helps: Limit | undefined
  /** A request for erasure that awaits a decision. */
  readonly erasure?: ErasureAsked
  readonly clocks: readonly OrderClock[]
  /** Marks that were told, for example `handling 75`. */
  readonly warned: readonly string[]
}

/** An order with all its events, in order. */
export type History = { readonly order: Order; readonly events: readonly OrderEvent[] }

export const warnedKey = (clock: ClockName, percent: number, unit?: string) =>
  unit === undefined ? `${clock} ${percent}` : `${clock}:${unit} ${percent}`
