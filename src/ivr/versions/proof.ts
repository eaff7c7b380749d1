import { Worker } from 'node:worker_threads'
import { Fault, type FaultDetail, FaultList } from '../../foundation/index.ts'
import type { FlowNeeds } from '../needs.ts'
import { type FlowSource, readFlows } from '../read.ts'
import type { Lengths } from '../verify/lengths.ts'
import { faultsIn, verify } from '../verify/verify.ts'
import type { ProvedFlow } from './version.ts'

/**
 * Reads and proves flows. Resolves with the results for each flow; durations that are not in `lengths` are estimated.
 * @throws FaultList
 */
export type Prove = (
  sources: readonly FlowSource[],
  lengths?: Lengths,
  needs?: FlowNeeds,
) => Promise<readonly ProvedFlow[]>

/** Proves in the calling thread. */
export const prove: Prove = async (sources, lengths, needs) => {
  const verdict = verify(readFlows(sources), lengths, needs)
  const faults = faultsIn(verdict)
  if (faults.length > 0) throw new FaultList(faults)
  return verdict.flows.map(({ flow, audience, nodes, situations, timeToPerson }) => ({
    flow,
    audience,
    situations,
    states: nodes,
    ...timeToPerson,
  }))
}

/** The thread's input. */
export type Task = {
  readonly sources: readonly FlowSource[]
  readonly lengths: Lengths | undefined
  readonly needs: FlowNeeds | undefined
}

/** The thread's answer. Faults are sent as data, because an Error loses its fields when it is sent between threads. */
export type ProofAnswer =
  | { readonly proved: readonly ProvedFlow[] }
  | { readonly faults: readonly Omit<FaultDetail, 'cause'>[] }

/** Threads run the built file, even where the product itself runs as TypeScript. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/ivr/versions/proof-thread.js' : './proof-thread.js',
  import.meta.url,
)

/** Proves in a separate thread: the shipped flows take half a second, for which no caller's key may wait. */
export const proveAside: Prove = (sources, lengths, needs) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: { sources, lengths, needs } satisfies Task, execArgv: [] })
    worker.once('message', (answer: ProofAnswer) => {
      if ('proved' in answer) resolve(answer.proved)
      else reject(new FaultList(answer.faults.map(detail => new Fault(detail))))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the proof ended without a verdict')))
  })
