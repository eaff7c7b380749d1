/** The thread in which sentences of a catalogue are proved while calls go on. */
import { parentPort, workerData } from 'node:worker_threads'
import { type CatalogueFile, readCatalogueFiles } from '../catalogue/index.ts'
import { proveSays } from './proof.ts'
import type { SaysAnswer } from './says-aside.ts'

const faults = await proveSays(await readCatalogueFiles(workerData as readonly CatalogueFile[]))
const answer: SaysAnswer = faults.map(({ code, place, found, expected }) => ({
  code,
  place,
  found,
  expected,
}))
parentPort?.postMessage(answer)
