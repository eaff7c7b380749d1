import type { FlowNeed, FlowNeeds } from '../needs.ts'
import type { Effect } from '../turn.ts'

/** Which of the needed answers a call has given so far; absent if its flow is not needed for any. */
export type Kept = {
  /** The flow that the call began in. */
  readonly flow: string
  /** The names of the answers collected. */
  readonly names: ReadonlySet<string>
  /** The caller asked for a person or was sent another way to answer, so that the answers are no longer owed. */
  readonly isExcused: boolean
}

export const nothingKept = (needs: FlowNeeds, flow: string): Kept | undefined =>
  needs[flow] && { flow, names: new Set(), isExcused: false }

/** What is kept after one more step. @param sent the template of the SMS sent in that step */
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

/** Whether a call that began in the same flow owes at least what the other owes. */
export const isNoMore = (kept: Kept | undefined, other: Kept | undefined): boolean =>
  !kept ||
  !other ||
  other.isExcused ||
  (!kept.isExcused && [...kept.names].every(name => other.names.has(name)))

/** The answers that are still missing when the call completes. */
export const owed = (need: FlowNeed, { names, isExcused }: Kept): readonly string[] =>
  isExcused ? [] : Object.keys(need.answers).filter(name => !names.has(name))
