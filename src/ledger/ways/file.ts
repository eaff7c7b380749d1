import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../../foundation/index.ts'
import { type Seal, sealSchema } from '../api.ts'
import type { SealWay } from '../way.ts'

/** A file with one seal per line, which should be on a disk that the database's administrator cannot write to. */
export const fileWay = (path: string): SealWay => ({
  name: 'file',
  async send(seal) {
    if ((await readSeals(path)).some(({ text }) => text === seal.text)) return undefined
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await appendFile(path, `${JSON.stringify(seal)}\n`, { mode: 0o600, flush: true })
    return undefined
  },
  read: () => readSeals(path),
})

async function readSeals(path: string): Promise<readonly Seal[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap(line => {
    try {
      return line === '' ? [] : [sealSchema.parse(JSON.parse(line))]
    } catch {
      // The line was cut off when the disk was full. The seal is in the database and was sent again.
      return []
    }
  })
}
