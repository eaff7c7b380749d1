import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { reasonOf } from '../foundation/index.ts'
import { fault } from './faults.ts'

/** A message as it lies on the disk. */
export type MessageFile = { readonly path: string; readonly bytes: number }

/** Messages lie in one folder, by the names that the journal has; whatever path a row says, no other file is touched. */
export function openMessages(folder: string) {
  const pathOf = (message: string) => join(folder, basename(message))
  return {
    /** @throws Fault `message-unknown` */
    async find(message: string | undefined): Promise<MessageFile> {
      if (message === undefined) throw unknownFault('no message of this call')
      const path = pathOf(message)
      const found = await stat(path).catch(() => undefined)
      if (!found?.isFile()) throw unknownFault('a message whose sound is gone')
      return { path, bytes: found.size }
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

const unknownFault = (found: string) => fault('message-unknown', 'call', found, 'a call that left a message')
