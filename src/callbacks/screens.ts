import {
  type Clock,
  keepsUp,
  type Log,
  onlyListens,
  openLivePages,
  reasonOf,
  type Socket,
  type SocketMount,
} from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'

/** What is told to all nodes of a callback that changed: its id. */
const channel = 'callbacks_changed'

export const tellCallback = (queries: Queries, id: string): Promise<void> => queries.notify(channel, id)

export type CallbackScreens = { readonly mount: SocketMount; close(): Promise<void> }

type Page = { readonly socket: Socket; readonly changed: Set<string> }

const everyMs = 1_000
/** A page that hears nothing for longer takes us for gone. */
const aliveEveryMs = 5_000

/** Tells open pages which callbacks changed, at most once a second each; the page asks for what it wants to know. */
export function openCallbackScreens({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}): CallbackScreens {
  let aliveMs = 0
  const pages = openLivePages<Page>(clock, everyMs, open => {
    const isTime = clock.monotonicMs() - aliveMs >= aliveEveryMs
    if (isTime) aliveMs = clock.monotonicMs()
    for (const page of open) {
      const { socket, changed } = page
      if (!keepsUp(page) || (changed.size === 0 && !isTime)) continue
      socket.send(JSON.stringify({ changed: [...changed] }))
      changed.clear()
    }
  })
  const hear = (id: string) => {
    for (const { changed } of pages.open) changed.add(id)
  }
  const off = database.listen(channel, hear).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error) }, 'pages of callbacks hear nothing')
    return () => undefined
  })

  return {
    mount: {
      path: '/callbacks/live',
      maxMessageBytes: 16,
      origins: 'same',
      perMinute: 300,
      roles: ['seat', 'supervisor'],
      open(socket) {
        pages.add({ socket, changed: new Set() })
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
