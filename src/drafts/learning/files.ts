import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { writeWhole } from '../../foundation/index.ts'

/** A file a model, in DATA_DIR/models. The database has them, too: a node lays down what another learnt. */
const nameOf = (version: number) => `kinds-${version}.model`

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const packed = async (bytes: Uint8Array): Promise<string> =>
  (await promisify(gzip)(bytes)).toString('base64')
export const unpacked = (text: string): Promise<Uint8Array> => promisify(gunzip)(Buffer.from(text, 'base64'))

export function modelFolder(folder: string) {
  return {
    placeOf: (version: number) => join(folder, nameOf(version)),
    read: (version: number): Promise<Uint8Array | undefined> =>
      readFile(join(folder, nameOf(version))).catch(() => undefined),
    lay: (version: number, bytes: Uint8Array): Promise<void> =>
      writeWhole(join(folder, nameOf(version)), bytes),
    /** Takes away all others: they are old, or somebody in them was erased. */
    async keepOnly(versions: readonly number[]): Promise<void> {
      const wanted = versions.map(nameOf)
      const names = await readdir(folder).catch(() => [])
      for (const name of names.filter(one => /^kinds-\d+\.model/.test(one) && !wanted.includes(one)))
        await rm(join(folder, name), { force: true })
    },
  }
}
