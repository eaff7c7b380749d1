import type { Fault, Place } from '../foundation/index.ts'
import type { Reading, Utterance, VoiceLanguage } from '../speech/index.ts'

/** Every flow's own file has its words in these; others come as language files. The first is spoken when none is known. */
export const ownLanguages: readonly VoiceLanguage[] = ['zh-CN', 'en']
export const defaultLanguage: VoiceLanguage = 'zh-CN'

/** One thing to say, by language. May hold `{name}` for a value collected before. */
export type Prompt = Readonly<Record<VoiceLanguage, string>>

/** Whom a flow speaks to; `elder` is slower, shallower, and a first miss is a person. */
export type Audience = 'general' | 'elder'

/** Misses in a row (silence, or a key that means nothing) after which a caller is taken to a person. */
export const missesAllowed: Readonly<Record<Audience, number>> = { general: 3, elder: 1 }

/** A state of a flow as its author wrote it: one verb with its options. */
export type Node = {
  readonly name: string
  readonly verb: string
  /** The verb's options, parsed by the verb's own schema. */
  readonly options: unknown
  /** `file:line:column` of its name. */
  readonly place: Place
}

export type Flow = {
  readonly name: string
  readonly audience: Audience
  readonly syllablesPerMinute: number
  /** How long a caller may think before it counts as silence. */
  readonly patienceMs: number
  readonly start: string
  /** The node, of verb `queue`, that key 0 leads to from everywhere. */
  readonly person: string
  /** Said before a question is repeated after a miss. */
  readonly missed?: Prompt
  /** Outside numbers that `transfer` may ring, by name; no others can be rung. */
  readonly numbers: Readonly<Record<string, string>>
  readonly nodes: ReadonlyMap<string, Node>
  /** What can be said without filling anything in, made once. */
  readonly utterances: ReadonlyMap<Prompt, ReadonlyMap<VoiceLanguage, Utterance>>
  readonly place: Place
}

/** Flows that were read, checked and take effect together; a call keeps the set that it began with. */
export type FlowSet = {
  /** SHA-256 of the sources, in hex. */
  readonly version: string
  /** By which people call that version; none while no database has kept it. */
  readonly number?: number
  readonly flows: ReadonlyMap<string, Flow>
  /** What callers can hear, each with how it reads out numbers: all that is said is there in all of these. */
  readonly languages: ReadonlyMap<VoiceLanguage, Reading>
  /** What their authors may want to know, and nothing that keeps them from answering: words of an earlier build. */
  readonly hints: readonly Fault[]
}
