import type { z } from 'zod'
import type { Key } from '../media/index.ts'
import type { VoiceLanguage } from '../speech/index.ts'
import type { Flow, FlowSet, Prompt } from './flow.ts'
import type { Effect, FlowState, Input, Values } from './turn.ts'

/** A path within a verb's options. */
export type OptionPath = readonly (string | number)[]

/** A way out of a node, used by the proof, by the drawing and to check that its target exists. */
export type Edge = {
  /** What leads a caller along this way, in a word or two. */
  readonly label: string
  readonly path: OptionPath
} & ({ readonly to: string } | { readonly flow: string })

export type NamedPrompt = {
  readonly path: OptionPath
  readonly prompt: Prompt
  /** Placeholders that it may hold besides the values of every conversation and those that the flow collects. */
  readonly knows?: readonly string[]
}

/** A fault in options that fit the schema. */
export type OptionFault = {
  readonly path: OptionPath
  readonly found: string
  readonly expected: string
}

/** What a node knows when it decides. */
export type Scene = { readonly set: FlowSet; readonly flow: Flow; readonly state: FlowState }

/** A node's decision about an input. */
export type Turn =
  | { readonly kind: 'stay'; readonly change: Partial<FlowState>; readonly effects: readonly Effect[] }
  | ({ readonly kind: 'go'; readonly effects: readonly Effect[] } & Way & Luggage)
  /** Silence, or a key without meaning here: the question is repeated, or the call goes on at `to`; after too many in a row a person answers. */
  | ({ readonly kind: 'miss'; readonly to?: string } & Missed)
  | { readonly kind: 'person' }

/** Further effects of a miss, and its own words that say why, in place of the flow's. */
export type Missed = { readonly effects?: readonly Effect[]; readonly why?: Effect }

type Way = { readonly to: string } | { readonly flow: string }
type Luggage = {
  readonly values?: Values
  readonly language?: string
  readonly promised?: boolean
  /** A key that cut this node short and is passed on to the next one. */
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

/** The phase of a question whose prompt could not be spoken. */
export const unheard = 'unheard'
/** As short as possible, but not zero, so that a loop from a full queue back to itself takes time. */
const unheardMs = 1000

/**
 * Nobody can answer a question that they could not hear. Keys are accepted for a moment, and then a person is called (see step.ts).
 */
export const askUnheard: Turn = {
  kind: 'stay',
  change: { doing: 'waiting', phase: unheard },
  effects: [{ kind: 'wait', ms: unheardMs }],
}
/** Ends the conversation for the flow: the caller hung up, or a person has the call. */
export const over = (...effects: readonly Effect[]): Turn => stay({ doing: 'over', phase: '' }, ...effects)

/** A verb of the flow language. Its functions are pure, and get options as parsed by its schema. */
export type Verb<Options = unknown> = {
  readonly name: string
  /** Its name in earlier builds. Flows that still use it are read, with a hint. */
  readonly formerName?: string
  /** One sentence of documentation for editors. */
  readonly about: string
  readonly schema: z.ZodType<Options>
  prompts(options: Options): readonly NamedPrompt[]
  /** Words that are not spoken by themselves: sent as SMS, or used within a prompt. */
  texts?(options: Options): readonly NamedPrompt[]
  edges(options: Options): readonly Edge[]
  /** The values that it collects by name, each with an example. */
  collects?(options: Options, language: VoiceLanguage): Values
  /** The values that its way depends on, each with those that make a difference. */
  asks?(options: Options): readonly (readonly [name: string, values: readonly string[]])[]
  faults?(options: Options, flow: FlowOutline): readonly OptionFault[]
  /**
   * Adds a language that callers can choose, with the key given in the language's file, if any. Absent for verbs in which
   * no language is chosen.
   */
  offer?(options: Options, language: VoiceLanguage, key: string | undefined): Options | OptionFault
  enter(options: Options, scene: Scene): Turn
  /** Undefined if the input means nothing here; a key is then held until something takes it. */
  hear(options: Options, scene: Scene, input: Input): Turn | undefined
  /** When the caller hangs up here: the effects that keep what they had begun. */
  left?(options: Options, scene: Scene): readonly Effect[]
  /** Inputs that can occur in this state, besides keys and the ends of prompts. */
  inputs?(options: Options, scene: Scene): readonly Input[]
}

/** The part of a flow that its nodes are checked against. */
export type FlowOutline = {
  readonly numbers: readonly string[]
  readonly collected: readonly string[]
  readonly languages: readonly VoiceLanguage[]
}
