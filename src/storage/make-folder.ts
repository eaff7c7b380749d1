import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../foundation/index.ts'

/**
 * Makes a folder and its parents, accessible to the owner only. We do not use Node's recursive `mkdir` because it reports
 * ENOENT on a full or read-only disk.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === 'EEXIST') return
    if (reason !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path, { mode: 0o700 })
  }
}
