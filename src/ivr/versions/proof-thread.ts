/** The thread that proves flows while calls go on. */
import { parentPort, workerData } from 'node:worker_threads'
import { FaultList } from '../../foundation/index.ts'
import { type ProofAnswer, prove, type Task } from './proof.ts'

const { sources, lengths, needs } = workerData as Task
const answer: ProofAnswer = await prove(sources, lengths, needs).then(
  proved => ({ proved }),
  error => {
    if (!(error instanceof FaultList)) throw error
    return {
      faults: error.faults.map(({ code, place, found, expected }) => ({ code, place, found, expected })),
    }
  },
)
parentPort?.postMessage(answer)
