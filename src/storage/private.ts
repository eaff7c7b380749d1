import { chmod, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../foundation/index.ts'

/** What others on this machine may do, in the bits of a mode (chmod(2)). */
const others = 0o077
const atOnce = 32

/**
 * Takes from others on this machine whatever they may do in a data folder: what an earlier version, a copy that was put
 * back or another umask has left open to them.
 * @param ours what we lay there; a folder that holds more than this is somebody else's, too, and its own mode is theirs
 * @returns how many files and folders had to be mended
 * @throws Fault `data-dir-open` naming one that cannot be
 */
export async function keepPrivate(dataDir: string, ours: readonly string[]): Promise<number> {
  const names = await namesIn(dataDir)
  // It tells names at most: where it belongs to the machine, as a mounted volume does, it is left as it is.
  const isOursAlone = names.every(name => ours.includes(name))
  let mended = isOursAlone ? await mend(dataDir).catch(() => 0) : 0
  for (const name of names.filter(one => ours.includes(one))) mended += await mendAll(join(dataDir, name))
  return mended
}

async function mendAll(path: string): Promise<number> {
  let mended = await mend(path)
  // Who may not read a folder of ours has been told of it by now, or the database says so.
  const waiting = (await namesIn(path)).map(name => join(path, name))
  while (waiting.length > 0) {
    const some = waiting.splice(0, atOnce)
    for (const count of await Promise.all(some.map(mendAll))) mended += count
  }
  return mended
}

/** A link is no way out of the folder: what it leads to is not ours to change. */
async function mend(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined)
  if (!found || found.isSymbolicLink() || (found.mode & others) === 0) return 0
  await chmod(path, found.mode & 0o700).catch((error: unknown) => {
    throw openFault(path, found.mode, reasonOf(error))
  })
  const { mode } = await lstat(path)
  if ((mode & others) !== 0) throw openFault(path, mode, 'the file system keeps no modes')
  return 1
}

const namesIn = (path: string): Promise<readonly string[]> => readdir(path).catch(() => [])

const openFault = (path: string, mode: number, why: string) =>
  new Fault({
    code: 'data-dir-open',
    place: path,
    found: `a mode of ${(mode & 0o777).toString(8)}, open to other users of this machine, which cannot be changed (${why})`,
    expected: `the owner alone: chown -R "$(id -un)" and chmod -R go= on it, or a DATA_DIR on a file system that keeps modes`,
  })
