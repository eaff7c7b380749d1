import { access, constants, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, reasonOf } from '../../foundation/index.ts'
import { awayFault } from '../faults.ts'

/** With less free space PostgreSQL soon stops in the middle of writing its log. */
const leastFreeBytes = 32 * 1024 * 1024

/** A file beside the folder while its database is being created. If it is left over, the folder is incomplete and made anew. */
export const unfinishedMark = (path: string) => `${path}.unfinished`

/** Space for an empty database and its write-ahead log. */
const freshBytes = 64 * 1024 * 1024

/** Removes a database whose creation was cut short by a full disk or a crash. */
export async function dropUnfinished(path: string): Promise<void> {
  if (await isThere(unfinishedMark(path))) await rm(path, { recursive: true, force: true })
}

/**
 * Checks that PGlite can use a folder, before PGlite writes anything to it.
 * @throws Fault `database-away` with the path, the cause and what mends it
 */
export async function refuseUnfitFolder(path: string): Promise<void> {
  const names = await readdir(path).catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return undefined
    throw folderFault(path, `it cannot be read (${reasonOf(error)})`, mendRights(path))
  })
  if (names === undefined || names.length === 0)
    return refuseFullDisk(path, names ? path : dirname(path), freshBytes)
  await Promise.all([access(path, constants.W_OK), writeBeside(path)]).catch((error: unknown) => {
    // On a full disk not even the probe may fit; the check below says how full it is.
    if (reasonOf(error) !== 'ENOSPC')
      throw folderFault(path, `it cannot be written (${reasonOf(error)})`, mendRights(path))
  })
  await refuseFullDisk(path, path, leastFreeBytes)
  const version = await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined)
    throw folderFault(path, 'its files are none of a database of ours', restore(path))
}

/** Writes a probe: a disk that became read-only because of errors still claims to be writable until one tries. */
export async function writeBeside(path: string): Promise<void> {
  await writeFile(`${path}.probe`, '', { flush: true })
  await rm(`${path}.probe`, { force: true })
}

async function refuseFullDisk(path: string, place: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeBytesAt(place)
  const [free, needed] = [freeBytes, neededBytes].map(bytes => Math.round(bytes / 1024 / 1024))
  if (freeBytes >= neededBytes) return
  throw folderFault(path, `its disk has ${free} MB left`, `a disk with room, ${needed} MB or more`)
}

async function freeBytesAt(place: string): Promise<number> {
  const { bavail, bsize } = await statfs(place)
  return bavail * bsize
}

/** Whether there is so little space that PostgreSQL is about to stop, or has stopped. */
export const isDiskFull = async (folder: string): Promise<boolean> =>
  (await freeBytesAt(folder)) < leastFreeBytes

/** Why a folder's database could not be opened, or could not be created. */
export async function unopenedFault(path: string, error: unknown): Promise<Fault> {
  const reason = error instanceof Fault ? error.found : reasonOf(error)
  if (await isThere(unfinishedMark(path)))
    return folderFault(
      path,
      `it could not be made (${reason})`,
      'a disk with room that works; then it is made anew',
    )
  return folderFault(path, `it is damaged, or of another PostgreSQL (${reason})`, restore(path))
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

const folderFault = (path: string, found: string, expected: string) =>
  awayFault(`no database in ${path}: ${found}`, '', expected)

const mendRights = (path: string) =>
  `a folder of the user who runs this: chown -R "$(id -un)" ${path}, on a disk that is not read-only`

/** Advises to restore a backup. Without one the hotline starts with an empty database, and the old one stays beside it. */
const restore = (path: string) =>
  `a copy put back: stop the hotline, mv ${path} ${path}.broken && cp -a YOUR-COPY ${path}, and start it (without a copy leave out cp: it begins anew)`
