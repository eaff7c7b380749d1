import { createHash } from 'node:crypto'
import type { CallId } from '../telephony/index.ts'
import type { FlowSet } from './flow.ts'

/** The flows in use: one set for all calls, and perhaps another one on trial for a share of them. */
export type InUse = {
  readonly standing: FlowSet
  readonly trial?: { readonly set: FlowSet; readonly share: number }
}

/** Holds the flows that answer calls. A call keeps the set that it began with, even if others come into use. */
export type FlowLibrary = {
  /** The set for a call that begins now; without a call, the set that is not on trial. */
  current(call?: CallId): FlowSet
  inUse(): InUse
  /** Puts flows into use for calls that begin from now on. */
  use(next: InUse): void
}

/** @param first the flows to begin with; they must be read and proved, like all later ones */
export function createFlowLibrary(first: InUse): FlowLibrary {
  let inUse = first
  return {
    current: call => {
      const { standing, trial } = inUse
      return trial && call && portionOf(call) < trial.share ? trial.set : standing
    },
    inUse: () => inUse,
    use: next => {
      inUse = next
    },
  }
}

/** A number from 0 to 1, spread evenly over calls, and the same for a call in every process. */
function portionOf(call: CallId): number {
  return createHash('sha256').update(call).digest().readUInt32BE() / 2 ** 32
}
