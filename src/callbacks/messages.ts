import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { reasonOf } from '../foundation/index.ts'
import { wavHeader } from '../media/index.ts'
import { fault } from './faults.ts'

/** Messages in one folder, by the file names in the journal; whatever path a row holds, no other file is touched. */
export function openMessages(folder: string) {
  const pathOf = (message: string) => join(folder, basename(message))
  return {
    /** The message as a WAV file. @throws Fault `message-unknown` */
    async find(message: string | undefined): Promise<Uint8Array> {
      if (message === undefined) throw unknownFault('no message of this call')
      const file = await readFile(pathOf(message)).catch(() => undefined)
      if (!file) throw unknownFault('a message whose sound is gone')
      return forBothEars(file)
    },
    async drop(messages: readonly string[]): Promise<void> {
      for (const message of messages)
        await rm(pathOf(message), { force: true }).catch(error => {
          throw fault(
            'message-unknown',
            'message',
            `a file that cannot be removed (${reasonOf(error)})`,
            'one of ours',
          )
        })
    },
  }
}

const header = wavHeader(2, 0)
const [formatAt, channelsAt] = [8, 22]

/**
 * A recording has the caller on the left and our side, silent in a message, on the right; this puts the caller on
 * both ears.
 */
function forBothEars(file: Buffer): Uint8Array {
  const isOurs =
    file.length > header.length &&
    file.subarray(formatAt, channelsAt + 2).equals(header.subarray(formatAt, channelsAt + 2))
  if (!isOurs) return file
  const frames = Math.floor((file.length - header.length) / 4)
  const heard = Buffer.alloc(header.length + 2 * frames)
  heard.set(wavHeader(1, 2 * frames))
  for (let at = 0; at < frames; at++)
    file.copy(heard, header.length + 2 * at, header.length + 4 * at, header.length + 4 * at + 2)
  return heard
}

const unknownFault = (found: string) => fault('message-unknown', 'call', found, 'a call that left a message')
