/** A step of the build: lays an empty database beside the thread that opens it, since making one takes PGlite seconds. */
import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'

const engine = await PGlite.create()
const copy = await engine.dumpDataDir('gzip')
await writeFile(new URL('./blank.tar.gz', import.meta.url), new Uint8Array(await copy.arrayBuffer()))
await engine.close()
