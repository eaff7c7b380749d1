import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog, systemClock } from '../../foundation/index.ts'
import type { Database } from '../database.ts'
import { openEmbedded } from './embedded.ts'

const copy = new URL('./blank.tar.gz', import.meta.url)
const mark = new URL('./blank.sha256', import.meta.url)
/** The database's folder within the data folder. */
const name = 'database'

/**
 * Prepares a database with empty tables at build time, beside the thread that opens new ones, because creating one takes
 * PGlite and the migrations several seconds. One made by the same PGlite from the same migrations is left as it is.
 * @param of what the tables are made from
 */
export async function layBlank(of: unknown, fill: (database: Database) => Promise<void>): Promise<void> {
  const engine = await readFile(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')))
  const hash = createHash('sha256').update(engine).update(JSON.stringify(of)).digest('hex')
  if ((await readFile(mark, 'utf8').catch(() => '')) === hash) return
  await Promise.all([copy, mark].map(file => rm(file, { force: true })))
  const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  try {
    const database = await openEmbedded({ dataDir: folder, clock: systemClock, log: silentLog })
    await fill(database).finally(database.close)
    const { PGlite } = await import('@electric-sql/pglite')
    const made = await PGlite.create(join(folder, name))
    const dump = await made.dumpDataDir('gzip')
    await made.close()
    await writeFile(copy, new Uint8Array(await dump.arrayBuffer()))
    await writeFile(mark, hash)
  } finally {
    await rm(folder, { recursive: true })
  }
}
