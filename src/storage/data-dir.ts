import { mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../foundation/index.ts'
import { makeFolder } from './make-folder.ts'

/** A disk that is full, fails or has come up to be read alone: nobody mistyped it, and a start takes calls all the same. */
const ofTheDisk: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']

/**
 * Whether a folder is one to keep things in, and makes it where there is none. One that was never used and takes nothing was
 * mistyped, or is not ours: a start says so. One that was used before is for the database to open, or to do without.
 * @param ours what we lay there
 * @throws Fault `data-dir-unusable`
 */
export async function checkDataDir(path: string, ours: readonly string[]): Promise<void> {
  await makeFolder(path).catch(refuse(`${path}, which cannot be made`))
  const names = await readdir(path).catch((error: unknown) => {
    // Whoever may not look into it cannot tell that it was never used.
    if (reasonOf(error) === 'ENOTDIR') refuse(`${path}, which is no folder`)(error)
  })
  if (names === undefined || names.some(name => ours.includes(name))) return
  await mkdtemp(join(path, '.tried-'))
    .then(rmdir)
    .catch(refuse(`${path}, which cannot be written`))
}

const refuse =
  (what: string) =>
  (cause: unknown): void => {
    const reason = reasonOf(cause)
    if (ofTheDisk.includes(reason)) return
    throw new Fault({
      code: 'data-dir-unusable',
      place: 'DATA_DIR',
      found: `${what} (${reason})`,
      expected: 'a folder of the user who runs this, or a place where they may make one',
      cause,
    })
  }
