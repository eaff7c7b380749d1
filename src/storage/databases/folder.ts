import { access, constants, readdir, readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../../foundation/index.ts'
import { awayFault } from '../faults.ts'

/** Less than this and PostgreSQL soon stops in the middle of its log. */
const leastFreeBytes = 32 * 1024 * 1024

/**
 * Holds a folder against what PGlite needs of it, before PGlite lays anything into it.
 * @throws Fault `database-away` with the path, the cause and what mends it
 */
export async function refuseUnfitFolder(path: string): Promise<void> {
  const names = await readdir(path).catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return undefined
    throw folderFault(path, `it cannot be read (${reasonOf(error)})`, mendRights(path))
  })
  if (names === undefined) return
  await access(path, constants.W_OK).catch((error: unknown) => {
    throw folderFault(path, `it cannot be written (${reasonOf(error)})`, mendRights(path))
  })
  const { bavail, bsize } = await statfs(path)
  if (bavail * bsize < leastFreeBytes)
    throw folderFault(
      path,
      `its disk has ${Math.round((bavail * bsize) / 1024 / 1024)} MB left`,
      'a disk with room',
    )
  if (names.length === 0) return
  const version = await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined)
    throw folderFault(path, 'its files are none of a database of ours', restore(path))
}

/** Why a folder that looks like a database could not be opened. */
export function damagedFault(path: string, error: unknown): Fault {
  const reason = error instanceof Fault ? error.found : reasonOf(error)
  return folderFault(path, `it is damaged, or of another PostgreSQL (${reason})`, restore(path))
}

const folderFault = (path: string, found: string, expected: string) =>
  awayFault(`no database in ${path}: ${found}`, '', expected)

const mendRights = (path: string) =>
  `a folder of the user who runs this: chown -R "$(id -un)" ${path}, on a disk that is not read-only`

/** Without a copy the hotline begins anew, and what was there stays beside it. */
const restore = (path: string) =>
  `a copy put back: stop the hotline, mv ${path} ${path}.broken && cp -a YOUR-COPY ${path}, and start it (without a copy leave out cp: it begins anew)`
