import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Log, reasonOf } from '../foundation/index.ts'

/** Prunes below the limit, so that a full folder is not searched for every new file. */
const fillTo = 0.9

/**
 * Removes the least recently used WAV files of a folder (by their mtime, set when they are written or read) until the rest
 * takes at most nine tenths of the limit.
 * @param isInUse files that are never removed
 * @returns how many bytes may be written before pruning again
 */
export async function prune(
  folder: string,
  mostBytes: number,
  isInUse: (path: string) => boolean,
  log: Log,
): Promise<number> {
  try {
    const names = await readdir(folder, { recursive: true })
    const files = await Promise.all(
      names.filter(name => name.endsWith('.wav')).map(name => fileAt(join(folder, name))),
    )
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    const full = bytes > mostBytes
    for (const { path, bytes: theirs } of files.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) {
      if (!full || bytes <= mostBytes * fillTo) break
      if (isInUse(path)) continue
      await rm(path, { force: true })
      bytes -= theirs
    }
    return Math.max(0, mostBytes - bytes)
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'the kept prompts could not be looked through')
    return mostBytes
  }
}

/** A file's size and time; undefined if it is gone by now. */
async function fileAt(path: string) {
  const found = await stat(path).catch(() => undefined)
  return { path, bytes: found?.size ?? 0, usedAtMs: found?.mtimeMs ?? 0 }
}
