/** The thread in which PGlite runs: a batch of facts takes it 5 to 25 ms, which no call may wait for. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type Results, types } from '@electric-sql/pglite'

export type Setup = { readonly directory: string | undefined }
export type Order = { readonly id: number; readonly text: string; readonly params: unknown[] }
export type Message =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'done'
      readonly id: number
      readonly rows: readonly unknown[]
      readonly touched: number
    }
  /** With what `databaseFault` reads, since an error loses it on the way. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: { code: unknown; constraint: unknown } }
  | { readonly kind: 'notified'; readonly channel: string; readonly payload: string }

const { directory }: Setup = workerData
const post = (message: Message) => parentPort?.postMessage(message)

/** What the build made; without it PGlite makes the database itself. */
async function blank(): Promise<Blob | undefined> {
  const bytes = await readFile(new URL('./blank.tar.gz', import.meta.url)).catch(() => undefined)
  return bytes && new Blob([new Uint8Array(bytes)], { type: 'application/x-gzip' })
}

const isNew = directory === undefined || !existsSync(join(directory, 'PG_VERSION'))
const copied = isNew ? await blank() : undefined
const engine = await PGlite.create({
  dataDir: directory,
  loadDataDir: copied,
  parsers: { [types.INT8]: Number, [types.DATE]: text => text },
})
engine.onNotification((channel, payload) => post({ kind: 'notified', channel, payload }))

/** Orders run in the order they come: PGlite keeps its own queue. */
parentPort?.on('message', async (order: Order | 'close') => {
  if (order === 'close') {
    await engine.close()
    return parentPort?.close()
  }
  const { id, text, params } = order
  try {
    const result: Results | undefined =
      params.length > 0 ? await engine.query(text, params) : (await engine.exec(text)).at(-1)
    post({ kind: 'done', id, rows: result?.rows ?? [], touched: result?.affectedRows ?? 0 })
  } catch (error) {
    post({
      kind: 'failed',
      id,
      error: {
        code: Reflect.get(Object(error), 'code'),
        constraint: Reflect.get(Object(error), 'constraint'),
      },
    })
  }
})
post({ kind: 'ready' })
