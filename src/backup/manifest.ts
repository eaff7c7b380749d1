import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { Fault } from '../foundation/index.ts'

const manifestSchema = z.object({
  format: z.literal(1),
  build: z.string(),
  madeAt: z.string(),
  /** `folder`: an embedded PGlite database in the data folder; `dump`: a dump of a PostgreSQL server by pg_dump. */
  database: z.enum(['folder', 'dump']),
  /** The names of the migrations that the database has had. */
  migrations: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
})
export type Manifest = z.output<typeof manifestSchema>

const name = 'manifest.json'

/** Writes a manifest with the hash of every file into their folder. */
export async function writeManifest(
  folder: string,
  said: Omit<Manifest, 'files' | 'format'>,
): Promise<Manifest> {
  const manifest: Manifest = { format: 1, ...said, files: await hashesOf(folder) }
  await writeFile(join(folder, name), `${JSON.stringify(manifest, undefined, 1)}\n`, { mode: 0o600 })
  return manifest
}

/** @throws Fault `backup-unreadable`, or `backup-changed` naming the first file that differs */
export async function readManifest(folder: string, place: string): Promise<Manifest> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '')
  const read = manifestSchema.safeParse(jsonOf(text))
  if (!read.success)
    throw new Fault({
      code: 'backup-unreadable',
      place,
      found: 'a file that is no backup',
      expected: 'a file that `jieting backup` has made',
    })
  const found = new Map((await hashesOf(folder)).map(file => [file.path, file.sha256]))
  found.delete(name)
  const wrong =
    read.data.files.find(({ path, sha256 }) => found.get(path) !== sha256)?.path ??
    [...found.keys()].find(path => !read.data.files.some(file => file.path === path))
  if (wrong !== undefined)
    throw new Fault({
      code: 'backup-changed',
      place,
      found: `${wrong}, which is not as it was`,
      expected: 'the file as `jieting backup` has made it',
    })
  return read.data
}

async function hashesOf(folder: string): Promise<Manifest['files']> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: Manifest['files'] = []
  for (const entry of names.filter(one => !one.isDirectory())) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1)
    // Links are never followed: what they lead to is not part of the backup.
    if (!entry.isFile()) {
      files.push({ path, bytes: 0, sha256: 'no file' })
      continue
    }
    const hash = createHash('sha256')
    let bytes = 0
    await pipeline(createReadStream(join(folder, path)), async function* (chunks) {
      for await (const chunk of chunks) {
        bytes += chunk.length
        hash.update(chunk)
      }
      yield* []
    })
    files.push({ path, bytes, sha256: hash.digest('hex') })
  }
  return files
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
