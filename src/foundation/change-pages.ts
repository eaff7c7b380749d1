import type { Clock } from './clock.ts'
import { reasonOf } from './errors.ts'
import type { Off } from './events.ts'
import { keepsUp, onlyListens, openLivePages } from './live-pages.ts'
import type { Log } from './log.ts'
import type { Asked, Socket, SocketMount } from './mounts.ts'

export type ChangePages = { readonly mount: SocketMount; close(): Promise<void> }

type ChangePagesOptions<Reader> = Pick<SocketMount, 'path' | 'roles'> & {
  /** Hears of changes, including those made on other nodes. */
  listen(hear: (told: string) => void): Promise<Off>
  /** The reader of a page, from the member who opened it. */
  readerOf(member: Asked['member']): Reader
  /** The id of what changed, from the notification, and which readers it concerns. */
  changeIn(told: string): { readonly id: string; concerns(reader: Reader): boolean }
  readonly clock: Clock
  readonly log: Log
}

const everyMs = 1_000
/** Pages take the server for gone after a longer silence than this. */
const aliveEveryMs = 5_000

/**
 * Tells open pages the ids of what changed, at most once a second each, and nothing more: the page asks for the
 * content, and gets what its reader may see.
 */
export function openChangePages<Reader>(options: ChangePagesOptions<Reader>): ChangePages {
  const { path, roles, readerOf, changeIn, clock, log } = options
  type Page = { readonly socket: Socket; readonly reader: Reader; readonly changed: Set<string> }
  let aliveMs = 0
  const pages = openLivePages<Page>(clock, everyMs, open => {
    const isTime = clock.monotonicMs() - aliveMs >= aliveEveryMs
    if (isTime) aliveMs = clock.monotonicMs()
    for (const page of open) {
      const { socket, changed } = page
      // A page that does not keep up gets its changes later, in one message.
      if (!keepsUp(page) || (changed.size === 0 && !isTime)) continue
      socket.send(JSON.stringify({ changed: [...changed] }))
      changed.clear()
    }
  })
  const hear = (told: string) => {
    const { id, concerns } = changeIn(told)
    for (const { reader, changed } of pages.open) if (concerns(reader)) changed.add(id)
  }
  const off = options.listen(hear).catch((error: unknown) => {
    log.warn({ path, reason: reasonOf(error) }, 'pages hear of no change')
    return () => undefined
  })

  return {
    mount: {
      path,
      maxMessageBytes: 16,
      origins: 'same',
      perMinute: 300,
      roles,
      open(socket, { member }) {
        pages.add({ socket, reader: readerOf(member), changed: new Set() })
        onlyListens(socket)
        socket.send(JSON.stringify({ changed: [] }))
      },
    },
    async close() {
      ;(await off)()
      pages.close()
    },
  }
}
