/** The thread in which profiles are built and learnt while calls go on. */
import { parentPort, workerData } from 'node:worker_threads'
import { Fault } from '../foundation/index.ts'
import type { AsideAnswer, AsideTask } from './aside.ts'
import { learnOvernight } from './overnight.ts'
import { buildProfiles } from './profiles.ts'
import { catalogueDigest, writeProfiles } from './profiles-file.ts'

function answerTo(task: AsideTask): AsideAnswer {
  if (task.kind === 'night') return { kind: 'night', answer: learnOvernight(task.night) }
  const { catalogue } = task
  return { kind: 'profiles', bytes: writeProfiles(buildProfiles(catalogue), catalogueDigest(catalogue)) }
}

function answer(task: AsideTask): AsideAnswer {
  try {
    return answerTo(task)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, place, found, expected } = error
    return { kind: 'refused', fault: { code, place, found, expected } }
  }
}

parentPort?.postMessage(answer(workerData as AsideTask))
