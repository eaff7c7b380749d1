import type { Clock } from './clock.ts'
import { reasonOf } from './errors.ts'
import type { Off } from './events.ts'
import { keepsUp, onlyListens, openLivePages } from './live-pages.ts'
import type { Log } from './log.ts'
import type { Asked, Socket, SocketMount } from './mounts.ts'

export type ChangePages = { readonly mount: SocketMount; close(): Promise<void> }

type ChangePagesOptions<Reader> = Pick<SocketMount, 'path' | 'roles'> & {
  /** Hears of what changed, also on other nodes. */
  listen(hear: (told: string) => void): Promise<Off>
  /** Whose page it is. */
  readerOf(member: Asked['member']): Reader
  /** Which thing changed, by what was told, and for whom. */
  changeIn(told: string): { readonly id: string; concerns(reader: Reader): boolean }
  readonly clock: Clock
  readonly log: Log
}

const everyMs = 1_000
/** A page that hears nothing for longer takes us for gone. */
const aliveEveryMs = 5_000

/**
 * Tells open pages which things changed, at most once a second each, and nothing of what happened: the page asks, and is
 * told what it may know.
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
      // Who does not keep up hears it later, all at once.
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
