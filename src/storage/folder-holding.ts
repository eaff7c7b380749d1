import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export type KeptFile = { readonly name: string; readonly bytes: number; readonly writtenMs: number }

/** The files in a folder whose names are wanted; none if the folder does not exist. */
export async function filesIn(
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<readonly KeptFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isWanted)
  const found = await Promise.all(
    names.map(async name => ({ name, stats: await stat(join(folder, name)).catch(() => undefined) })),
  )
  return found.flatMap(({ name, stats }) =>
    stats?.isFile() ? [{ name, bytes: stats.size, writtenMs: stats.mtimeMs }] : [],
  )
}

export async function removeFiles(
  folder: string,
  files: readonly { readonly name: string }[],
): Promise<number> {
  for (const { name } of files) await rm(join(folder, name), { force: true })
  return files.length
}
