/** A step of the build: lays an empty database beside the thread that opens it, since making one takes PGlite seconds. */
import { stat, writeFile } from 'node:fs/promises'

const copy = new URL('./blank.tar.gz', import.meta.url)
const engine = new URL(import.meta.resolve('@electric-sql/pglite'))
const madeAt = async (file: URL) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0

// One that the PGlite of now has made will do.
if ((await madeAt(copy)) < (await madeAt(engine))) {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create()
  const dump = await database.dumpDataDir('gzip')
  await writeFile(copy, new Uint8Array(await dump.arrayBuffer()))
  await database.close()
}
