import { createHash } from 'node:crypto'
import type { CallId } from '../telephony/index.ts'
import type { FlowSet } from './flow.ts'

/** What answers: one set for every call, or another one, on trial, for a share of them. */
export type InUse = {
  readonly standing: FlowSet
  readonly trial?: { readonly set: FlowSet; readonly share: number }
}

/** The flows that answer calls. A call keeps the set that it began with, whatever comes after. */
export type FlowLibrary = {
  /** The set for a call that begins now; without a call, the one that is not on trial. */
  current(call?: CallId): FlowSet
  inUse(): InUse
  /** Takes flows into use, for calls that begin from now on. */
  use(next: InUse): void
}

/** @param first read and proved, as is all that comes after it. */
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

/** From 0 to 1, evenly spread over calls and the same for one call in every process. */
function portionOf(call: CallId): number {
  return createHash('sha256').update(call).digest().readUInt32BE() / 2 ** 32
}
