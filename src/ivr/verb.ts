import type { z } from 'zod'
import type { Key } from '../media/index.ts'
import type { VoiceLanguage } from '../speech/index.ts'
import type { Flow, FlowSet, Prompt } from './flow.ts'
import type { Effect, FlowState, Input, Values } from './turn.ts'

/** Where in a verb's options something stands. */
export type OptionPath = readonly (string | number)[]

/** A way out of a node: for the proof, the drawing, and the check that its end exists. */
export type Edge = {
  /** What takes a caller along it, in a word or two. */
  readonly label: string
  readonly path: OptionPath
} & ({ readonly to: string } | { readonly flow: string })

export type NamedPrompt = {
  readonly path: OptionPath
  readonly prompt: Prompt
  /** Values that it may hold beside what every conversation knows and the flow collects. */
  readonly knows?: readonly string[]
}

/** Something wrong with options that fit the schema. */
export type OptionFault = {
  readonly path: OptionPath
  readonly found: string
  readonly expected: string
}

/** The node's surroundings when it decides. */
export type Scene = { readonly set: FlowSet; readonly flow: Flow; readonly state: FlowState }

/** What a node makes of an input. */
export type Turn =
  | { readonly kind: 'stay'; readonly change: Partial<FlowState>; readonly effects: readonly Effect[] }
  | ({ readonly kind: 'go'; readonly effects: readonly Effect[] } & Way & Luggage)
  /** Silence, or a key that means nothing here: asked again, or `to`; and after too many in a row a person. */
  | ({ readonly kind: 'miss'; readonly to?: string } & Missed)
  | { readonly kind: 'person' }

/** What a miss does besides, and a word of its own that says why, in place of the flow's. */
export type Missed = { readonly effects?: readonly Effect[]; readonly why?: Effect }

type Way = { readonly to: string } | { readonly flow: string }
type Luggage = {
  readonly values?: Values
  readonly language?: string
  readonly promised?: boolean
  /** A key the next node shall hear: it cut this one short. */
  readonly key?: Key
}

export const stay = (change: Partial<FlowState> = {}, ...effects: readonly Effect[]): Turn => ({
  kind: 'stay',
  change,
  effects,
})
export const go = (to: string, luggage: Luggage = {}, ...effects: readonly Effect[]): Turn => ({
  kind: 'go',
  to,
  ...luggage,
  effects,
})
export const goToFlow = (flow: string): Turn => ({ kind: 'go', flow, effects: [] })
export const miss = (to?: string): Turn => (to === undefined ? { kind: 'miss' } : { kind: 'miss', to })
export const missed = (how: Missed): Turn => ({ kind: 'miss', ...how })
export const person: Turn = { kind: 'person' }

/** The phase of a question whose prompt failed. */
export const unheard = 'unheard'
/** DESIGN: as short as can be, and yet no lap from a full queue back to it goes without time. */
const unheardMs = 1000

/**
 * Nobody can answer what was not heard: keys are taken for a moment, and then it is a person (see step.ts).
 */
export const askUnheard: Turn = {
  kind: 'stay',
  change: { doing: 'waiting', phase: unheard },
  effects: [{ kind: 'wait', ms: unheardMs }],
}
/** The conversation is over for the flow: hung up, or in a person's hands. */
export const over = (...effects: readonly Effect[]): Turn => stay({ doing: 'over', phase: '' }, ...effects)

/** One word of the flow language. Its functions are pure; its options are what its schema gives. */
export type Verb<Options = unknown> = {
  readonly name: string
  /** What it was called in earlier builds; flows that still say so are read, with a hint. */
  readonly formerName?: string
  /** One sentence for the editor. */
  readonly about: string
  readonly schema: z.ZodType<Options>
  prompts(options: Options): readonly NamedPrompt[]
  /** Words that are not said as they stand: sent to be read, or kept to be said within a prompt. */
  texts?(options: Options): readonly NamedPrompt[]
  edges(options: Options): readonly Edge[]
  /** Values that it collects, by name, each with one that it may be. */
  collects?(options: Options, language: VoiceLanguage): Values
  /** Values that its way depends on, each with those that make a difference. */
  asks?(options: Options): readonly (readonly [name: string, values: readonly string[]])[]
  faults?(options: Options, flow: FlowOutline): readonly OptionFault[]
  /**
   * The same with a language more, on the key that its file gives, for callers to choose; no key when it gives none.
   * Absent where nobody chooses a language.
   */
  offer?(options: Options, language: VoiceLanguage, key: string | undefined): Options | OptionFault
  enter(options: Options, scene: Scene): Turn
  /** undefined: this input means nothing here, and a key waits until something takes it. */
  hear(options: Options, scene: Scene, input: Input): Turn | undefined
  /** They hung up here: what is to be kept of what they began. */
  left?(options: Options, scene: Scene): readonly Effect[]
  /** Inputs, beside keys and prompts' ends, that can come in this state. */
  inputs?(options: Options, scene: Scene): readonly Input[]
}

/** As much of a flow as its nodes may be checked against. */
export type FlowOutline = {
  readonly numbers: readonly string[]
  readonly collected: readonly string[]
  readonly languages: readonly VoiceLanguage[]
}
