import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Clock, type Fault, withDeadline } from '../../foundation/index.ts'
import { awayFault, databaseFault } from '../faults.ts'
import type { Run } from '../queries.ts'
import type { EngineMessage, EngineRequest, Setup } from './pglite.ts'

export type PgliteThread = {
  /** Runs a statement after all earlier ones. @throws Fault */
  readonly run: Run
  /** Aborts when the thread has died; the reason is a Fault. */
  readonly dead: AbortSignal
  /** Ends the thread, recording this reason. */
  kill(reason: string): void
  close(): Promise<void>
}

/** Threads run the built file, even where the product itself runs as TypeScript. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/storage/databases/pglite.js' : './pglite.js',
  import.meta.url,
)

/** Recovering a large database takes some time. After this long it counts as hung. */
const beginMs = 120_000

/** @throws Fault `database-away` if PGlite cannot open its directory; `found` gives the reason as a code */
export async function startPgliteThread(
  setup: Setup,
  clock: Clock,
  onNotified: (channel: string, payload: string) => void,
): Promise<PgliteThread> {
  const worker = new Worker(entry, { workerData: setup, execArgv: [] })
  const waiting = new Map<
    number,
    { resolve(result: Awaited<ReturnType<Run>>): void; reject(error: Error): void }
  >()
  let lastId = 0
  const over = new AbortController()

  const die = (fault: Fault) => {
    if (over.signal.aborted) return
    over.abort(fault)
    for (const { reject } of waiting.values()) reject(fault)
    waiting.clear()
    void worker.terminate()
  }
  const take = (id: number) => {
    const waiter = waiting.get(id)
    waiting.delete(id)
    return waiter
  }
  const begun = new Promise<void>((resolve, reject) => {
    over.signal.addEventListener('abort', () => reject(over.signal.reason), { once: true })
    worker.on('message', (message: EngineMessage) => {
      if (message.kind === 'ready') resolve()
      if (message.kind === 'done') take(message.id)?.resolve(message)
      if (message.kind === 'failed') take(message.id)?.reject(databaseFault(message.error))
      if (message.kind === 'died') die(diedFault(message.reason))
      if (message.kind === 'notified') onNotified(message.channel, message.payload)
    })
    worker.on('error', error => die(diedFault(error.name)))
    worker.on('exit', () => die(diedFault('its thread ended')))
  })
  await withDeadline(clock, beginMs, begun, () => diedFault('it did not start in time')).catch(error => {
    void worker.terminate()
    throw error
  })

  return {
    dead: over.signal,
    kill: reason => die(diedFault(reason)),
    run: (text, params) =>
      new Promise((resolve, reject) => {
        if (over.signal.aborted) return reject(over.signal.reason)
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, text, params } satisfies EngineRequest)
      }),
    async close() {
      if (over.signal.aborted) return
      worker.postMessage('close')
      await once(worker, 'exit')
    },
  }
}

const diedFault = (reason: string): Fault =>
  awayFault('the embedded database cannot go on', reason, 'one that runs')
