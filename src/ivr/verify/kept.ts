import type { FlowNeed, FlowNeeds } from '../needs.ts'
import type { Effect } from '../turn.ts'

/** What a call has kept so far of what its flow is needed for; absent where nothing is. */
export type Kept = {
  /** The flow that the call began in. */
  readonly flow: string
  /** Names of answers that were collected. */
  readonly names: ReadonlySet<string>
  /** They asked for a person, or were sent what they can answer by instead: the answers are not owed any more. */
  readonly isExcused: boolean
}

export const nothingKept = (needs: FlowNeeds, flow: string): Kept | undefined =>
  needs[flow] && { flow, names: new Set(), isExcused: false }

/** What is kept after one more step. @param sent the template of a text that was sent in it */
export function keptAfter(
  needs: FlowNeeds,
  kept: Kept | undefined,
  sent: string | undefined,
  effects: readonly Effect[],
): Kept | undefined {
  const need = kept && needs[kept.flow]
  if (!need) return undefined
  const names = effects.flatMap(effect =>
    effect.kind === 'collected' && need.answers[effect.name]?.includes(effect.value) ? [effect.name] : [],
  )
  const isExcused =
    kept.isExcused ||
    effects.some(effect => effect.kind === 'queue') ||
    (sent !== undefined && (need.instead ?? []).includes(sent))
  return { ...kept, names: new Set([...kept.names, ...names]), isExcused }
}

/** Whether one that began in the same flow owes at least what the other does. */
export const isNoMore = (kept: Kept | undefined, other: Kept | undefined): boolean =>
  !kept ||
  !other ||
  other.isExcused ||
  (!kept.isExcused && [...kept.names].every(name => other.names.has(name)))

/** Answers that a call still owes when it ends as it was meant to. */
export const owed = (need: FlowNeed, { names, isExcused }: Kept): readonly string[] =>
  isExcused ? [] : Object.keys(need.answers).filter(name => !names.has(name))
