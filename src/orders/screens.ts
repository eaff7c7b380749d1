import {
  type Asked,
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

/** What is told to all nodes of an order that changed: its number, and the units that it concerns. */
const channel = 'orders_changed'

export const tellChange = (queries: Queries, number: string, units: readonly string[]): Promise<void> =>
  queries.notify(channel, [number, ...new Set(units)].join(' '))

export type OrderScreens = { readonly mount: SocketMount; close(): Promise<void> }

type Page = { readonly socket: Socket; readonly unit: string | undefined; readonly changed: Set<string> }

const everyMs = 1_000
/** A page that hears nothing for longer takes us for gone. */
const aliveEveryMs = 5_000

/**
 * Tells open pages which orders changed, at most once a second each, and nothing of what happened: the page asks, and is
 * told what it may know. One of a unit hears of that unit's orders alone.
 */
export function openOrderScreens({
  database,
  clock,
  log,
  unitOf,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The unit that a member works for; undefined for who may see all. */
  unitOf(member: Asked['member']): string | undefined
}): OrderScreens {
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
    const [number = '', ...units] = told.split(' ')
    for (const { unit, changed } of pages.open)
      if (unit === undefined || units.includes(unit)) changed.add(number)
  }
  const off = database.listen(channel, hear).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error) }, 'pages of orders hear nothing')
    return () => undefined
  })

  return {
    mount: {
      path: '/orders/live',
      maxMessageBytes: 16,
      origins: 'same',
      perMinute: 300,
      roles: ['seat', 'supervisor', 'unit'],
      open(socket, { member }) {
        pages.add({ socket, unit: unitOf(member), changed: new Set() })
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
