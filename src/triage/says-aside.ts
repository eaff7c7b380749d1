import { Worker } from 'node:worker_threads'
import type { CatalogueFile } from '../catalogue/index.ts'
import { Fault, type FaultDetail } from '../foundation/index.ts'

/** What the thread says at its end: an error would lose its fields on the way. */
export type SaysAnswer = readonly Omit<FaultDetail, 'cause'>[]

/** Threads run what is built, also where the house itself runs as TypeScript. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/triage/says-thread.js' : './says-thread.js',
  import.meta.url,
)

/**
 * `proveSays` of files that can be read, in a thread of its own: it takes more than a second, in which no caller may wait.
 */
export const proveSaysAside = (files: readonly CatalogueFile[]): Promise<readonly Fault[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: files, execArgv: [] })
    worker.once('message', (answer: SaysAnswer) => resolve(answer.map(detail => new Fault(detail))))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the proof of the catalogue ended without a verdict')))
  })
