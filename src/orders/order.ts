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

/** What an event says, and when. */
export type Of<Kind extends Happening['kind']> = Omit<
  Extract<OrderEvent, { kind: Kind }>,
  'kind' | 'seq' | 'by'
>
/** Where in its order an event stands. */
export type Timed = Pick<OrderEvent, 'seq' | 'atMs'>

/** A file, the round that it belongs to, and whether the citizen gave it when they told us: that shows nothing of what was done. */
export type GivenPiece = Piece & {
  readonly cycle: number
  readonly given?: true | undefined
  /** The event of the site check whose photo it is. */
  readonly site?: number
}

/** What an order is after what has happened to it. */
export type Order = {
  readonly number: OrderNumber
  /** How many events it has had. */
  readonly seq: number
  readonly lastAtMs: number
  readonly stage: Stage
  /** 1 until it is reopened for the first time. */
  readonly cycle: number
  readonly rangAtMs: number
  readonly madeAtMs: number
  readonly caller: string
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  /** Older orders have none, nor a name, a kind or a district. */
  readonly type: OrderType | undefined
  readonly name: string | undefined
  /** Code in the catalogue; none any more once the category was put right. */
  readonly kind: string | undefined
  readonly district: string | undefined
  /** Empty until somebody has said what it is. */
  readonly category: string
  readonly urgency: Urgency
  readonly matter: string
  readonly place: string
  readonly street: string
  /** Which unit has it, the centre until it is dispatched, and since when. */
  readonly unit: string
  readonly unitSinceMs: number
  /** Who of its unit has it. */
  readonly assignee?: string | undefined
  /** The centre named the unit: it may not return it. */
  readonly appointed: boolean
  /** How often units returned it, whatever became of that. */
  readonly returns: number
  readonly returnings: readonly Returning[]
  /** The first that signed. */
  readonly lead?: string | undefined
  readonly supports: readonly Of<'supported'>[]
  /** Units that the lead or the centre asked to help, each with the reason. */
  readonly grants: readonly Of<'granted'>[]
  /** Who works on it beside the lead by the dispatch catalogue; each has a grant, too. */
  readonly coUnits: readonly string[]
  /** Units that read it and have no task in it. */
  readonly copies: readonly string[]
  /** It was dispatched by a rule, and what people made of that. */
  readonly byRule?: ByRule
  /** The citizen wants a person to decide. */
  readonly personAsked: boolean
  /** What they were asked for, the first first; those that are done stay. */
  readonly tasks: readonly CoTask[]
  readonly question?: CitizenAsked
  /** What its units had to answer, the first issued first; the last may wait. */
  readonly instructions: readonly Instruction[]
  readonly siteChecks: readonly SiteCheck[]
  /** Orders that it may repeat and that nobody has told apart from it. */
  readonly like: readonly string[]
  /** The other orders that its demand was split into. */
  readonly split: readonly string[]
  /** How often its caller asked about it, said nothing new, and was told how it stands. */
  readonly statesTold: number
  /** With which order it is handled, or was closed. */
  readonly merged?: Merged | undefined
  /** Orders that are handled with it, or were closed with it. */
  readonly joined: readonly Joined[]
  /** No person of it is shown outside the centre. */
  readonly confidential: boolean
  readonly additions: readonly Of<'added'>[]
  readonly asked?: Of<'extension-asked'>
  /** Days that were granted beyond the limit. */
  readonly extensions: readonly number[]
  /** Files that are there, each with the round that it belongs to. */
  readonly evidence: readonly GivenPiece[]
  readonly closings: readonly Of<'closed'>[]
  /** Those that the rules read, and what somebody of the centre said of them. */
  readonly checked: readonly ReadClosing[]
  readonly answers: readonly Answer[]
  readonly personRings: Limit
  /** Why it waits or waited to be dispatched; absent where whoever made it said whose it is. */
  readonly waits?: WaitsBecause
  /** What a unit has to sign it, where cities set that. */
  readonly signs: Limit | undefined
  /** What a unit has to help, of those that the dispatch catalogue names. */
  readonly helps: Limit | undefined
  /** Somebody asked that it is erased, and nobody has decided yet. */
  readonly erasure?: ErasureAsked
  readonly clocks: readonly OrderClock[]
  /** Marks that were told, as `handling 75`. */
  readonly warned: readonly string[]
}

/** An order and all that happened to it, in order. */
export type History = { readonly order: Order; readonly events: readonly OrderEvent[] }

export const warnedKey = (clock: ClockName, percent: number, unit?: string) =>
  unit === undefined ? `${clock} ${percent}` : `${clock}:${unit} ${percent}`
