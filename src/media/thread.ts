import { Worker } from 'node:worker_threads'
import { type Counters, createCounters } from './figures.ts'
import { createOutbox } from './outbox.ts'
import type {
  AnswerTo,
  AskName,
  Asks,
  FromWorker,
  TellName,
  Tells,
  ToWorker,
  WorkerData,
} from './worker/protocol.ts'

export type ThreadNotice = Extract<FromWorker, { verb: 'notify' }>

/** One worker thread, spoken to with two verbs: request, which is answered, and notify, which is not. */
export type Thread = {
  /** Until it exits; another then takes its place. */
  isAlive(): boolean
  readonly counters: Counters
  /** Undefined when the worker died before it answered. @throws Error when it could not do it. */
  request<Name extends AskName>(what: Name, ask: Question<Name>): ThreadRequest<AnswerTo<Name>>
  /** @param handOver memory that is the worker's from now on. */
  notify<Name extends TellName>(what: Name, tell: Tells[Name], handOver?: readonly ArrayBuffer[]): void
  terminate(): Promise<void>
}
export type Question<Name extends AskName> = Omit<Asks[Name], 'answer'>
export type ThreadRequest<T> = { readonly id: number; readonly answer: Promise<T | undefined> }

// A worker runs built JavaScript: beside this file in dist, or there when this file runs from src.
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/media/worker/main.js' : './worker/main.js',
  import.meta.url,
)

/** @param onDeath called once, after what was waiting for answers was told. */
export function startThread(
  mediaTimeoutMs: number,
  onNotice: (notice: ThreadNotice) => void,
  onDeath: (reason: unknown) => void,
): Thread {
  const counters = createCounters()
  const worker = new Worker(entry, {
    workerData: { counters: counters.memory, mediaTimeoutMs } satisfies WorkerData,
    // Flags that this process was started with (a loader for TypeScript, say) are not for the worker.
    execArgv: [],
  })
  const waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>()
  let lastId = 0
  let isDead = false
  let death: unknown

  const hear = (message: FromWorker) => {
    if (message.verb === 'notify') return onNotice(message)
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.verb === 'answer') asked?.resolve(message.answer as never)
    else asked?.reject(Object.assign(new Error('the media worker could not'), { code: message.reason }))
  }
  worker.on('message', (batch: readonly FromWorker[]) => {
    for (const message of batch) hear(message)
  })
  const post = createOutbox<ToWorker>(
    (batch, handOver) => worker.postMessage(batch, handOver),
    queueMicrotask,
  )
  worker.on('error', error => {
    death = error
  })
  worker.on('exit', () => {
    isDead = true
    for (const asked of waiting.values()) asked.resolve(undefined as never)
    waiting.clear()
    onDeath(death)
  })

  return {
    isAlive: () => !isDead,
    counters,
    request(what, ask) {
      const id = ++lastId
      if (isDead) return { id, answer: Promise.resolve(undefined) }
      const answer = new Promise<AnswerTo<typeof what> | undefined>((resolve, reject) =>
        waiting.set(id, { resolve, reject }),
      )
      post({ verb: 'request', id, what, ...ask } as ToWorker)
      return { id, answer }
    },
    notify(what, tell, handOver = []) {
      post({ verb: 'notify', what, ...tell } as ToWorker, handOver)
    },
    async terminate() {
      await worker.terminate()
    },
  }
}
