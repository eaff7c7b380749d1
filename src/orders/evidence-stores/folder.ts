import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, newId, reasonOf } from '../../foundation/index.ts'
import type { EvidenceStore } from '../evidence-store.ts'

/** One folder per order and one file per piece, named by its hash and readable only by the hotline's own user. */
export function keepsInFolder(folder: string): EvidenceStore {
  const placeOf = (order: string, hash: string) => join(folder, order, hash)
  return {
    async keep(order, bytes) {
      await mkdir(join(folder, order), { recursive: true, mode: 0o700 })
      const part = join(folder, order, `${newId('part')}.part`)
      try {
        const kept = await write(part, bytes)
        await rename(part, placeOf(order, kept.hash))
        return kept
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    async open(order, hash) {
      const handle = await open(placeOf(order, hash)).catch(lost)
      return createReadStream('', { fd: handle })
    },
    async copy(from, to, hash) {
      await mkdir(join(folder, to), { recursive: true, mode: 0o700 })
      // Files never change, so a hard link serves as a copy.
      await link(placeOf(from, hash), placeOf(to, hash)).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) lost(error)
      })
    },
    drop: (order, hash) => rm(placeOf(order, hash), { force: true }),
    erase: order => rm(join(folder, order), { recursive: true, force: true }),
  }
}

function lost(error: unknown): never {
  throw new Fault({
    code: 'evidence-lost',
    place: 'evidence',
    cause: error,
    found: `no file that can be read (${reasonOf(error)})`,
    expected: 'the file that was kept',
  })
}

async function write(path: string, bytes: AsyncIterable<Uint8Array>) {
  const file = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let count = 0
    for await (const chunk of bytes) {
      hash.update(chunk)
      count += chunk.length
      await writeAll(file, chunk)
    }
    // The event promises that the file exists, so it must survive a power cut.
    await file.sync()
    return { hash: hash.digest('hex'), bytes: count }
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten
}
