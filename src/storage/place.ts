import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Log, reasonOf } from '../foundation/index.ts'
import { lockDirectory } from './databases/lock.ts'

/** Which process is at work in a folder, of those that share a database. */
export type TakenPlace = {
  /** Who was here before, and is dead for sure; undefined where that is not known. */
  readonly before: string | undefined
  leave(): Promise<void>
}

const noted = z.object({ where: z.string(), id: z.string() })

/**
 * Takes a folder for a process. Whoever had it before under the same running kernel is dead: it would still answer at its
 * socket. Of another machine's process in a shared folder nothing is known, nor where the folder cannot be written.
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

/** This folder under this running kernel: a copy of it is another one, and so is the same after a restart of the machine. */
async function whereIs(folder: string): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  const { dev, ino } = await stat(folder)
  return `${boot.trim()} ${dev}:${ino}`
}
