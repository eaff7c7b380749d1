import { chmod, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../foundation/index.ts'

/** The mode bits of group and others (chmod(2)). */
const others = 0o077
const atOnce = 32

/**
 * Removes other users' access to a data folder, which an earlier version, a restored copy or another umask may have left
 * open.
 * @param ours names of what we keep there; the mode of a folder that holds anything else is left alone
 * @returns how many files and folders were changed
 * @throws Fault `data-dir-open` for the first one whose mode cannot be changed
 */
export async function keepPrivate(dataDir: string, ours: readonly string[]): Promise<number> {
  const names = await namesIn(dataDir)
  // An open folder reveals names at most, so leave it if it belongs to the system, as a mounted volume does.
  const isOursAlone = names.every(name => ours.includes(name))
  let mended = isOursAlone ? await mend(dataDir).catch(() => 0) : 0
  for (const name of names.filter(one => ours.includes(one))) mended += await mendAll(join(dataDir, name))
  return mended
}

async function mendAll(path: string): Promise<number> {
  let mended = await mend(path)
  // A folder that we cannot list is skipped: `mend` has refused it by now, or the database will.
  const waiting = (await namesIn(path)).map(name => join(path, name))
  while (waiting.length > 0) {
    const some = waiting.splice(0, atOnce)
    for (const count of await Promise.all(some.map(mendAll))) mended += count
  }
  return mended
}

/** Symbolic links are skipped: what they lead to is not ours to change. */
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
