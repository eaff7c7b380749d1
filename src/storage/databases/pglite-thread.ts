import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { databaseFault } from '../faults.ts'
import type { Run } from '../queries.ts'
import type { Message, Order, Setup } from './pglite.ts'

export type PgliteThread = {
  /** Runs one statement after those before it. @throws Fault */
  readonly run: Run
  close(): Promise<void>
}

/** Threads run what is built, also where the house itself runs as TypeScript. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/storage/databases/pglite.js' : './pglite.js',
  import.meta.url,
)

/** @throws Fault `database-away` when PGlite cannot open its directory. */
export async function startPgliteThread(
  setup: Setup,
  onNotified: (channel: string, payload: string) => void,
): Promise<PgliteThread> {
  const worker = new Worker(entry, { workerData: setup, execArgv: [] })
  const waiting = new Map<
    number,
    { resolve(result: Awaited<ReturnType<Run>>): void; reject(error: Error): void }
  >()
  let lastId = 0
  let death: Error | undefined

  const die = (cause: unknown) => {
    death ??= databaseFault(cause)
    for (const { reject } of waiting.values()) reject(death)
    waiting.clear()
  }
  const take = (id: number) => {
    const waiter = waiting.get(id)
    waiting.delete(id)
    return waiter
  }
  const begun = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message.kind === 'ready') resolve()
      if (message.kind === 'done') take(message.id)?.resolve(message)
      if (message.kind === 'failed') take(message.id)?.reject(databaseFault(message.error))
      if (message.kind === 'notified') onNotified(message.channel, message.payload)
    })
    worker.on('error', error => {
      die(error)
      reject(death)
    })
    worker.on('exit', die)
  })
  await begun

  return {
    run: (text, params) =>
      new Promise((resolve, reject) => {
        if (death) return reject(death)
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, text, params } satisfies Order)
      }),
    async close() {
      if (death) return
      worker.postMessage('close')
      await once(worker, 'exit')
    },
  }
}
