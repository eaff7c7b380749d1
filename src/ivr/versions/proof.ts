import { Worker } from 'node:worker_threads'
import { Fault, type FaultDetail, FaultList } from '../../foundation/index.ts'
import type { FlowNeeds } from '../needs.ts'
import { type FlowSource, readFlows } from '../read.ts'
import type { Lengths } from '../verify/lengths.ts'
import { faultsIn, verify } from '../verify/verify.ts'
import type { ProvedFlow } from './version.ts'

/**
 * Reads and proves flows: what was found of each, or all that is wrong. What is not in `lengths` is estimated.
 * @throws FaultList
 */
export type Prove = (
  sources: readonly FlowSource[],
  lengths?: Lengths,
  needs?: FlowNeeds,
) => Promise<readonly ProvedFlow[]>

/** In the thread that asks. */
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

/** What the thread is given. */
export type Task = {
  readonly sources: readonly FlowSource[]
  readonly lengths: Lengths | undefined
  readonly needs: FlowNeeds | undefined
}

/** What the thread says at its end: an error would lose its fields on the way. */
export type ProofAnswer =
  | { readonly proved: readonly ProvedFlow[] }
  | { readonly faults: readonly Omit<FaultDetail, 'cause'>[] }

/** Threads run what is built, also where the house itself runs as TypeScript. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/ivr/versions/proof-thread.js' : './proof-thread.js',
  import.meta.url,
)

/** In a thread of its own: a proof takes half a second for the shipped flows, in which no caller's key may wait. */
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
