import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Log, reasonOf } from '../foundation/index.ts'
import { lockDirectory } from './databases/lock.ts'

/** A process's claim on its data folder, among processes that share a database. */
export type TakenPlace = {
  /** The id of the previous process here, if it is certainly dead; undefined if that is not known. */
  readonly before: string | undefined
  leave(): Promise<void>
}

const noted = z.object({ where: z.string(), id: z.string() })

/**
 * Claims a folder for a process. A previous holder under the same running kernel is dead, since otherwise it would answer
 * at its socket. Nothing is known about a process on another machine that shares the folder, or if the folder is not writable.
 */
export async function takePlace(folder: string, id: string, log: Log): Promise<TakenPlace> {
  const path = join(folder, 'node')
  try {
    const where = await whereIs(folder)
    const leave = await lockDirectory(folder, undefined, 'node-lock')
    const last = await readFile(path, 'utf8').then(
      text => noted.parse(JSON.parse(text)),
      () => undefined,
    )
    await writeFile(path, JSON.stringify({ where, id }), { mode: 0o600 })
    return { before: last?.where === where ? last.id : undefined, leave }
  } catch (error) {
    log.info({ reason: reasonOf(error) }, 'it is not known who was here before')
    return { before: undefined, leave: async () => undefined }
  }
}

/** Identifies this folder under this running kernel. A copy of the folder differs, and so does the folder after a reboot. */
async function whereIs(folder: string): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  const { dev, ino } = await stat(folder)
  return `${boot.trim()} ${dev}:${ino}`
}
