import { access, constants, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, reasonOf } from '../../foundation/index.ts'
import { awayFault } from '../faults.ts'

/** Less than this and PostgreSQL soon stops in the middle of its log. */
const leastFreeBytes = 32 * 1024 * 1024

/** Lies beside a folder for as long as its database is being made: what is in there then is nobody's, and made anew. */
export const unfinishedMark = (path: string) => `${path}.unfinished`

/** An empty database, and what PostgreSQL writes ahead. */
const freshBytes = 64 * 1024 * 1024

/** A database whose making was cut short, by a full disk or a death, is none yet. */
export async function dropUnfinished(path: string): Promise<void> {
  if (await isThere(unfinishedMark(path))) await rm(path, { recursive: true, force: true })
}

/**
 * Holds a folder against what PGlite needs of it, before PGlite lays anything into it.
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
    // On a full disk not even that may fit: how full it is, is said below.
    if (reasonOf(error) !== 'ENOSPC')
      throw folderFault(path, `it cannot be written (${reasonOf(error)})`, mendRights(path))
  })
  await refuseFullDisk(path, path, leastFreeBytes)
  const version = await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined)
    throw folderFault(path, 'its files are none of a database of ours', restore(path))
}

/** A disk that was switched to reading by its errors says that it can be written, until one does. */
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

/** Whether there is so little room that PostgreSQL is about to stop in there, or has. */
export const isDiskFull = async (folder: string): Promise<boolean> =>
  (await freeBytesAt(folder)) < leastFreeBytes

/** Why a folder that looks like a database could not be opened, or none be made in it. */
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

/** Without a copy the hotline begins anew, and what was there stays beside it. */
const restore = (path: string) =>
  `a copy put back: stop the hotline, mv ${path} ${path}.broken && cp -a YOUR-COPY ${path}, and start it (without a copy leave out cp: it begins anew)`
