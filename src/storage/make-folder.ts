import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../foundation/index.ts'

/** A folder and those above it, for its owner alone. Node's own says ENOENT where the disk is full or only reads. */
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
