import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { type Clock, Fault, reasonOf } from '../../foundation/index.ts'
import { lockPath } from './lock.ts'

type Seen = { readonly mtimeMs: number; readonly size: number; readonly isSettled: boolean }
/** File timestamps are coarse: a file written this shortly before it was copied is checked again. */
const settledMs = 2_000
const longestPath = 4_096
const saysWithinMs = 5_000

/**
 * Copies a folder that is being written to: first everything, and then, while writing is paused, what has changed since.
 * @param now the clock of the files' timestamps
 * @param still runs its work while writing is paused
 */
export async function copyLive(
  from: string,
  into: string,
  now: () => number,
  still: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const seen = new Map<string, Seen>()
  await copyChanged(from, into, seen, now)
  await still(() => copyChanged(from, into, seen, now))
}

async function copyChanged(
  from: string,
  into: string,
  seen: Map<string, Seen>,
  now: () => number,
): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const there = new Set<string>()
  await mkdir(into, { recursive: true, mode: 0o700 })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(from.length + 1)
    if (entry.isDirectory()) await mkdir(join(into, path), { recursive: true, mode: 0o700 })
    if (!entry.isFile()) continue
    there.add(path)
    await copyOne(join(from, path), join(into, path), path, seen, now()).catch((error: unknown) => {
      if (reasonOf(error) !== 'ENOENT') throw error
    })
  }
  for (const path of seen.keys())
    if (!there.has(path)) {
      seen.delete(path)
      await rm(join(into, path), { force: true })
    }
}

async function copyOne(
  from: string,
  into: string,
  path: string,
  seen: Map<string, Seen>,
  nowMs: number,
): Promise<void> {
  const { mtimeMs, size } = await stat(from)
  const before = seen.get(path)
  if (before?.isSettled && before.mtimeMs === mtimeMs && before.size === size) return
  await mkdir(dirname(into), { recursive: true, mode: 0o700 })
  await copyFile(from, into)
  seen.set(path, { mtimeMs, size, isSettled: nowMs - mtimeMs > settledMs })
}

/**
 * Serves the lock's socket: a visitor names a folder and gets a copy of the database there. Only the owner of the data
 * folder can reach that socket, and that is the user who holds the lock.
 */
export const givesCopies =
  (clock: Clock, copyInto: (folder: string) => Promise<void>) =>
  (visitor: Socket): void => {
    let asked = ''
    const heard = clock.after(saysWithinMs, () => visitor.destroy())
    visitor.on('close', heard)
    visitor.setEncoding('utf8').on('error', () => visitor.destroy())
    visitor.on('data', text => {
      asked += text
      if (asked.length > longestPath) visitor.destroy()
      const [folder = '', rest] = asked.split('\n')
      if (rest === undefined) return
      heard()
      visitor.removeAllListeners('data').resume()
      copyInto(folder).then(
        () => visitor.end('done\n'),
        (error: unknown) => visitor.end(`${reasonOf(error)}\n`),
      )
    })
  }

/**
 * Asks the process that runs the database in a folder for a copy of it.
 * @param into absolute path of the copy
 * @throws Fault `copy-refused` if nobody answers, or no copy could be made
 */
export async function askForCopy(dataDir: string, into: string): Promise<void> {
  const answer = await new Promise<string>((resolve, reject) => {
    const asking = connect(lockPath(dataDir))
    let said = ''
    asking.setEncoding('utf8').on('error', reject)
    asking.on('data', text => {
      said += text
    })
    asking.on('close', () => resolve(said.trim()))
    asking.write(`${into}\n`)
  }).catch((error: unknown) => reasonOf(error))
  if (answer === 'done') return
  throw new Fault({
    code: 'copy-refused',
    place: dataDir,
    found: `no copy of the database that runs there (${answer || 'it ended'})`,
    expected: 'a hotline of this build that runs, and room on the disk; or stop it first',
  })
}
