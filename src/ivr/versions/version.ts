import type { VoiceLanguage } from '../../speech/index.ts'
import type { Audience } from '../flow.ts'

/** The results of a flow's successful proof; times in seconds from the answer to the queue for a person. */
export type ProvedFlow = {
  readonly flow: string
  readonly audience: Audience
  readonly states: number
  /** The number of situations explored. */
  readonly situations: number
  readonly likeliest: Readonly<Record<VoiceLanguage, number>>
  /** Whether silence leads to the queue. If not, `likeliest` ends with the greeting, after which 0 is pressed. */
  readonly byItself: boolean
  readonly longest: number
  /** The same from each state; absent in proofs of earlier builds. */
  readonly byState?: Readonly<Record<string, number>> | undefined
  /** Whether `likeliest` was measured from sound; if false, or absent in proofs of earlier builds, it was estimated. */
  readonly measured?: boolean | undefined
}

/** How a version arrived: saved in FLOWS_DIR, or sent over the API. */
export type VersionWay = 'folder' | 'api'

/** All flow files that were put into use together. A version never changes. */
export type FlowVersion = {
  /** Starts at 1, without gaps. */
  readonly number: number
  /** SHA-256 of the texts in hex, the same as `FlowSet.version`. */
  readonly digest: string
  readonly way: VersionWay
  readonly author: string
  readonly note: string
  readonly madeAt: Date
  /** The version in use when it arrived, to which a rollback returns. */
  readonly parent: number | undefined
  readonly verdict: readonly ProvedFlow[]
}

export type Because = 'loaded' | 'tried' | 'promoted' | 'rolled-back'

type Mark = { readonly number: number; readonly digest: string }

/** Which version is in use, since when and because of whom. Uses are only added; the last one holds. */
export type FlowUse = {
  readonly id: number
  readonly standing: Mark
  /** The version on trial, and its share of the calls, above 0 and below 1. */
  readonly trial?: Mark & { readonly share: number }
  readonly because: Because
  readonly author: string
  readonly usedAt: Date
}
