import { createHash } from 'node:crypto'
import { type Fault, FaultList } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { FlowSet } from './flow.ts'
import { type FlowSource, readFlows } from './read.ts'

/** The flows that answer calls. A call keeps the set that it began with, whatever comes after. */
export type FlowLibrary = {
  /** The set for a call that begins now; without a call, the one that is not on trial. */
  current(call?: CallId): FlowSet
  /**
   * Takes flows into use for calls that begin from now on.
   * @param share of the calls that get them, for a trial; 1 is all.
   * @throws FaultList when they are broken: nothing changes then.
   */
  load(sources: readonly FlowSource[], share?: number): FlowSet
  /** Ends a trial, or else goes back to the set before; undefined when there is none. */
  rollback(): FlowSet | undefined
}

/**
 * @param prove finds faults in a set that reads well.
 * @throws FaultList when the first flows are broken.
 */
export function createFlowLibrary(
  first: readonly FlowSource[],
  prove: (set: FlowSet) => readonly Fault[] = () => [],
): FlowLibrary {
  const accept = (sources: readonly FlowSource[]): FlowSet => {
    const set = readFlows(sources)
    const faults = prove(set)
    if (faults.length > 0) throw new FaultList(faults)
    return set
  }
  let inUse: readonly [FlowSet, ...FlowSet[]] = [accept(first)]
  let trial: { readonly set: FlowSet; readonly share: number } | undefined

  return {
    current: call => (trial && call && portionOf(call) < trial.share ? trial.set : inUse[0]),
    load(sources, share = 1) {
      const set = accept(sources)
      trial = share < 1 ? { set, share } : undefined
      if (!trial) inUse = [set, ...inUse]
      return set
    },
    rollback() {
      const [, before, ...older] = inUse
      if (trial) trial = undefined
      else if (!before) return undefined
      else inUse = [before, ...older]
      return inUse[0]
    },
  }
}

/** From 0 to 1, evenly spread over calls and the same for one call in every process. */
function portionOf(call: CallId): number {
  return createHash('sha256').update(call).digest().readUInt32BE() / 2 ** 32
}
