/** The thread that runs PGlite. A batch of facts takes it 5 to 25 ms, for which no call may wait. */
import { spawnSync } from 'node:child_process'
import { existsSync, fsyncSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type Results, types } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

export type Setup = {
  /** In memory when absent. */
  readonly directory?: string
  /** Path of a file that exists while a database is being created. */
  readonly mark?: string
}
export type EngineRequest = { readonly id: number; readonly text: string; readonly params: unknown[] }
export type EngineMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'done'
      readonly id: number
      readonly rows: readonly unknown[]
      readonly touched: number
    }
  /** Carries the fields that `databaseFault` reads, because an Error loses them when it is sent between threads. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: { code: unknown; constraint: unknown } }
  /** It could not open its directory, or died. The reason is a code of Node's or PostgreSQL's, or else the error's name. */
  | { readonly kind: 'died'; readonly reason: string }
  | { readonly kind: 'notified'; readonly channel: string; readonly payload: string }

const { directory, mark }: Setup = workerData
const post = (message: EngineMessage) => parentPort?.postMessage(message)

/** The empty database made by the build; without it PGlite creates one itself. */
async function blank(): Promise<Blob | undefined> {
  const bytes = await readFile(new URL('./blank.tar.gz', import.meta.url)).catch(() => undefined)
  return bytes && new Blob([new Uint8Array(bytes)], { type: 'application/x-gzip' })
}

/**
 * By default PGlite takes 128 MB of shared buffers, touches all of them at its start and never gives them back, which costs
 * 180 MB and half of the start's time. With fewer, pages come from the system's file cache, at 5 µs a page.
 */
const small = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']

/**
 * PGlite starts with `-F`, which switches fsync off, and its file system does not implement it, so that commits would be
 * lost in a power failure. With these parameters a commit is on disk, and a checkpoint is before its log is removed.
 */
const durable = [
  ...small.filter(parameter => parameter !== '-F'),
  // The other methods are system calls that do nothing under Emscripten, such as fdatasync.
  ...['-c', 'wal_sync_method=fsync'],
]

/**
 * A file system whose files reach the disk when PostgreSQL calls fsync, and are accessible to the owner only: Emscripten
 * creates them with mode 0666 by chmod, which ignores the umask.
 */
function filesIn(path: string): NodeFS {
  const files = new NodeFS(path)
  const init = files.init.bind(files)
  files.init = async (engine, options) => {
    const made = await init(engine, options)
    made.emscriptenOpts.preRun?.push(module => {
      const sync = (file: { readonly nfd: number }) => syncs && fsyncSync(file.nfd)
      Reflect.set(module.NODEFS.stream_ops, 'fsync', sync)
      const { node_ops: ops } = module.NODEFS
      const setattr = ops.setattr.bind(ops)
      Reflect.set(ops, 'setattr', (node: unknown, attributes: { readonly mode?: number }) =>
        setattr(node, attributes.mode ? { ...attributes, mode: attributes.mode & ~0o077 } : attributes),
      )
    })
    return made
  }
  return files
}

/** Reports the reason and ends the thread, which is then replaced. */
function die(error: unknown): never {
  const code: unknown = Reflect.get(Object(error), 'code') ?? Reflect.get(Object(error), 'name')
  post({ kind: 'died', reason: typeof code === 'string' ? code : 'unknown' })
  process.exit(1)
}

const isNew = directory === undefined || !existsSync(join(directory, 'PG_VERSION'))
/** Off while a new database's two thousand files are created, so that they need not be flushed one by one. */
let syncs = !isNew
const copied = isNew ? await blank() : undefined
const marking = (work: (path: string) => void) => {
  try {
    if (isNew && mark !== undefined) work(mark)
  } catch (error) {
    die(error)
  }
}
marking(path => writeFileSync(path, ''))
const parsers = { [types.INT8]: Number, [types.DATE]: (text: string) => text }
const engine = await PGlite.create(
  directory === undefined
    ? { startParams: small, loadDataDir: copied, parsers }
    : { fs: filesIn(directory), startParams: durable, loadDataDir: copied, parsers },
).catch(die)
// Flush them in one go before anything relies on them. On a system without `sync` they are flushed soon afterwards.
marking(path => {
  if (directory !== undefined) spawnSync('sync', ['-f', directory])
  rmSync(path)
})
syncs = true
engine.onNotification((channel, payload) => post({ kind: 'notified', channel, payload }))

/**
 * Ends the thread if its disk has become read-only. From inside, that looks like an internal error of PostgreSQL, or like
 * a portal left open within a statement.
 */
function dieOnDeadDisk(code: unknown): void {
  if ((code !== 'XX000' && code !== '24000') || directory === undefined) return
  try {
    // A disk that became read-only because of errors still claims to be writable until one tries.
    writeFileSync(`${directory}.probe`, '', { flush: true })
    rmSync(`${directory}.probe`, { force: true })
  } catch (error) {
    die(error)
  }
}

/** Requests run in the order in which they arrive: PGlite keeps its own queue. */
parentPort?.on('message', async (order: EngineRequest | 'close') => {
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
    const code: unknown = Reflect.get(Object(error), 'code')
    dieOnDeadDisk(code)
    post({ kind: 'failed', id, error: { code, constraint: Reflect.get(Object(error), 'constraint') } })
    // An error without a SQLSTATE may mean that PostgreSQL has crashed: a full disk stops it in the middle of its log.
    if (code === undefined) await engine.exec('select 1').catch(die)
  }
})
post({ kind: 'ready' })
