/** The thread in which PGlite runs: a batch of facts takes it 5 to 25 ms, which no call may wait for. */
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
  /** Lies there for as long as a database is being made. */
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
  /** With what `databaseFault` reads, since an error loses it on the way. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: { code: unknown; constraint: unknown } }
  /** It could not open its directory, or died: a code of Node's or PostgreSQL's, else the name of the error. */
  | { readonly kind: 'died'; readonly reason: string }
  | { readonly kind: 'notified'; readonly channel: string; readonly payload: string }

const { directory, mark }: Setup = workerData
const post = (message: EngineMessage) => parentPort?.postMessage(message)

/** What the build made; without it PGlite makes the database itself. */
async function blank(): Promise<Blob | undefined> {
  const bytes = await readFile(new URL('./blank.tar.gz', import.meta.url)).catch(() => undefined)
  return bytes && new Blob([new Uint8Array(bytes)], { type: 'application/x-gzip' })
}

/**
 * PGlite takes 128 MB for pages of the database, touches all of them as it starts and never gives them back: 180 MB and
 * half of its start. The system's own cache of files stands behind these, 5 µs a page.
 */
const small = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']

/**
 * PGlite starts with `-F`, which switches fsync off, and its files know none: what was committed would be lost with the
 * power. Here a commit is on the disk, and so is a checkpoint before the log that it replaces goes.
 */
const durable = [
  ...small.filter(parameter => parameter !== '-F'),
  // The other methods are system calls that do nothing here (Emscripten's fdatasync).
  ...['-c', 'wal_sync_method=fsync'],
]

/**
 * A directory of files, each of which reaches the disk when PostgreSQL says so, and is its owner's alone: Emscripten asks
 * for 0666 and sets it by chmod, which knows no umask.
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

/** Says why, and ends: a thread that cannot go on is replaced. */
function die(error: unknown): never {
  const code: unknown = Reflect.get(Object(error), 'code') ?? Reflect.get(Object(error), 'name')
  post({ kind: 'died', reason: typeof code === 'string' ? code : 'unknown' })
  process.exit(1)
}

const isNew = directory === undefined || !existsSync(join(directory, 'PG_VERSION'))
/** The two thousand files of a database that has nothing in it yet need not wait for the disk one by one. */
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
// What was left to the disk in one go is there before anything relies on it; where the system has no such program it is soon.
marking(path => {
  if (directory !== undefined) spawnSync('sync', ['-f', directory])
  rmSync(path)
})
syncs = true
engine.onNotification((channel, payload) => post({ kind: 'notified', channel, payload }))

/**
 * What a disk that only reads looks like from inside, whatever is asked: an internal error of PostgreSQL, or a portal
 * that it left within a statement.
 */
function dieOnDeadDisk(code: unknown): void {
  if ((code !== 'XX000' && code !== '24000') || directory === undefined) return
  try {
    // A disk that was switched to reading by its errors says that it can be written, until one does.
    writeFileSync(`${directory}.probe`, '', { flush: true })
    rmSync(`${directory}.probe`, { force: true })
  } catch (error) {
    die(error)
  }
}

/** Orders run in the order they come: PGlite keeps its own queue. */
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
    // An error that PostgreSQL did not word may be its end: a full disk, for one, stops it in the middle of its log.
    if (code === undefined) await engine.exec('select 1').catch(die)
  }
})
post({ kind: 'ready' })
