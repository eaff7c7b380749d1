import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../../foundation/index.ts'
import type { TextSender } from '../text-sender.ts'

/** The twin: saves each SMS as a file `text_….json` in a folder that only the hotline's own user may read. */
export function sendsIntoFolder(folder: string): TextSender {
  return {
    async send({ id, to, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // One file per id, however often it is sent. Ids are ours, but are still not trusted as a path.
      const name = join(folder, id === undefined ? newId('text') : `text_${id.replace(/[^\w-]/g, '_')}`)
      // Rename at the end, so that readers of the folder never see half a file.
      await writeFile(`${name}.part`, `${JSON.stringify({ id, to, text })}\n`, { mode: 0o600 })
      await rename(`${name}.part`, `${name}.json`)
    },
  }
}
