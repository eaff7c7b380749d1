import type { Fault, Place } from '../foundation/index.ts'
import type { Reading, Utterance, VoiceLanguage } from '../speech/index.ts'

/** The languages that every flow's own file contains; others come as language files. The first one is the default. */
export const ownLanguages: readonly VoiceLanguage[] = ['zh-CN', 'en']
export const defaultLanguage: VoiceLanguage = 'zh-CN'

/** A prompt by language. It may hold `{name}` for a value collected before. */
export type Prompt = Readonly<Record<VoiceLanguage, string>>

/** Whom a flow is made for. An `elder` flow is slower and shallower, and the first miss leads to a person. */
export type Audience = 'general' | 'elder'

/** After this many misses in a row (silence, or a key without meaning) a caller is taken to a person. */
export const missesAllowed: Readonly<Record<Audience, number>> = { general: 3, elder: 1 }

/** A state of a flow as written by its author: one verb with its options. */
export type Node = {
  readonly name: string
  readonly verb: string
  /** The verb's options, parsed by the verb's own schema. */
  readonly options: unknown
  /** `file:line:column` of the state's name. */
  readonly place: Place
}

export type Flow = {
  readonly name: string
  readonly audience: Audience
  readonly syllablesPerMinute: number
  /** How long a caller may think before that counts as silence. */
  readonly patienceMs: number
  readonly start: string
  /** The node that key 0 leads to from everywhere; its verb is `queue`. */
  readonly person: string
  /** Said after a miss, before the question is repeated. */
  readonly missed?: Prompt
  /** The only outside numbers that `transfer` may ring, by name. */
  readonly numbers: Readonly<Record<string, string>>
  readonly nodes: ReadonlyMap<string, Node>
  /** Utterances without placeholders, made once. */
  readonly utterances: ReadonlyMap<Prompt, ReadonlyMap<VoiceLanguage, Utterance>>
  readonly place: Place
}

/** Flows that were read and checked together and take effect together. A call keeps the set that it began with. */
export type FlowSet = {
  /** SHA-256 of the sources, in hex. */
  readonly version: string
  /** The version's number for people; absent until a database has saved it. */
  readonly number?: number
  readonly flows: ReadonlyMap<string, Flow>
  /** The languages that callers can hear, each with its way of reading out numbers. Every prompt exists in all of them. */
  readonly languages: ReadonlyMap<VoiceLanguage, Reading>
  /** Hints for the authors that do not keep the flows from being used, such as words of an earlier build. */
  readonly hints: readonly Fault[]
}
