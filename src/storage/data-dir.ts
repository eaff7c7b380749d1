import { mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../foundation/index.ts'
import { makeFolder } from './make-folder.ts'

/** Errors of a disk that is full, failing or read-only. The path is not mistyped, and the product still starts and takes calls. */
const ofTheDisk: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']

/**
 * Checks that a folder can hold our data, and creates it if necessary. A folder that we never used and cannot write to is
 * mistyped or not ours, and is refused. A folder that was used before is accepted: the database opens it or does without.
 * @param ours names of the files and folders that we keep there
 * @throws Fault `data-dir-unusable`
 */
export async function checkDataDir(path: string, ours: readonly string[]): Promise<void> {
  await makeFolder(path).catch(refuse(`${path}, which cannot be made`))
  const names = await readdir(path).catch((error: unknown) => {
    // If we may not list the folder, we cannot tell whether it was used before.
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
