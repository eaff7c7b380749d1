import type { VoiceLanguage } from '../../speech/index.ts'
import type { Audience } from '../flow.ts'

/** What the proof found of a flow that holds; times in seconds from the answer to the queue for a person. */
export type ProvedFlow = {
  readonly flow: string
  readonly audience: Audience
  readonly states: number
  /** Situations that were looked at. */
  readonly situations: number
  readonly likeliest: Readonly<Record<VoiceLanguage, number>>
  /** Whether who presses nothing gets to the queue; otherwise `likeliest` is the end of the greeting, and 0 then. */
  readonly byItself: boolean
  readonly longest: number
  /** From each state; a proof of an earlier build did not say it. */
  readonly byState?: Readonly<Record<string, number>> | undefined
  /** Whether `likeliest` is of real sound; estimated when false, and in a proof of an earlier build. */
  readonly measured?: boolean | undefined
}

/** How a version came: a file saved in FLOWS_DIR, or sent by somebody. */
export type VersionWay = 'folder' | 'api'

/** All flow files as they were taken into use together; never changed after that. */
export type FlowVersion = {
  /** From 1, without gaps. */
  readonly number: number
  /** SHA-256 of the texts, in hex: what `FlowSet.version` says. */
  readonly digest: string
  readonly way: VersionWay
  readonly author: string
  readonly note: string
  readonly madeAt: Date
  /** What answered when it came, and what a rollback goes to. */
  readonly parent: number | undefined
  readonly verdict: readonly ProvedFlow[]
}

export type Because = 'loaded' | 'tried' | 'promoted' | 'rolled-back'

type Mark = { readonly number: number; readonly digest: string }

/** What answers, since when and because of whom. Uses are added, never changed: the last one holds. */
export type FlowUse = {
  readonly id: number
  readonly standing: Mark
  /** Answers a share of the calls, above 0 and below 1. */
  readonly trial?: Mark & { readonly share: number }
  readonly because: Because
  readonly author: string
  readonly usedAt: Date
}
