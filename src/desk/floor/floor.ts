import {
  type Clock,
  keepsUp,
  type Log,
  onlyListens,
  openLivePages,
  reasonOf,
  type Socket,
  type SocketMount,
} from '../../foundation/index.ts'
import type { CallUp } from '../../telephony/index.ts'
import type { Desk } from '../desk.ts'
import type { CallQueue } from '../queue.ts'
import type { FloorDay, FloorNow, ToFloorPage } from './api.ts'
import { floorNow } from './view.ts'

export type FloorOptions = {
  readonly desk: Pick<Desk, 'seats' | 'figures' | 'at' | 'unattended' | 'waiting' | 'countsAhead'>
  /** Where callers are now. */
  readonly places: () => FloorNow['places']
  /** Calls that are up. */
  readonly calls: () => readonly CallUp[]
  /** Whether there are captions of a call. */
  readonly hasCaptions: (call: string) => boolean
  /** Masks a number for the many who see it. */
  readonly mask: (number: string) => string
  /** Today's figures. */
  readonly today: () => Promise<FloorDay>
  readonly clock: Clock
  readonly log: Log
}

export type Floor = {
  now(): Promise<FloorNow>
  readonly mount: SocketMount
  watchers(): number
  close(): void
}

const everyMs = 1_000
/** Today's figures are read from the database, and only while somebody watches. */
const dayEveryMs = 10_000

/** The queue and all seats for supervisors, sent whole each second to every open page. */
export function openFloor(options: FloorOptions): Floor {
  const { desk, places, calls, hasCaptions, mask, today, clock, log } = options
  let queue: CallQueue = []
  let day: FloorDay | undefined
  let askedMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  const count = async () => {
    try {
      day = await today()
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'the day is not counted')
    } finally {
      asking = undefined
    }
  }
  /** Only a page without figures waits for it, and a slow database is not asked again meanwhile. */
  const askDay = async () => {
    if (asking || clock.monotonicMs() - askedMs < dayEveryMs) return asking
    askedMs = clock.monotonicMs()
    asking = count()
    return asking
  }
  /** The queue may be kept elsewhere, so a beat shows the queue as it was last read. */
  const askQueue = async () => {
    try {
      queue = await desk.waiting()
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'the queue is not told')
    }
  }
  const look = () =>
    floorNow({ desk, queue, hasCaptions, mask, calls: calls(), places: places(), nowMs: clock.now() })
  const shown = (): ToFloorPage => ({ ...look(), day })
  const watchers = openLivePages<{ readonly socket: Socket }>(clock, everyMs, open => {
    void askDay()
    void askQueue()
    const message = JSON.stringify(shown())
    // A page that does not keep up misses a second.
    for (const watcher of open) if (keepsUp(watcher)) watcher.socket.send(message)
  })

  return {
    async now() {
      await askQueue()
      return look()
    },
    watchers: () => watchers.open.size,
    mount: {
      path: '/floor/live',
      maxMessageBytes: 16,
      origins: 'same',
      roles: ['supervisor'],
      perMinute: 60,
      open(socket) {
        watchers.add({ socket })
        onlyListens(socket)
        const tell = () => socket.send(JSON.stringify(shown()))
        void askQueue().then(tell)
        if (!day) void askDay().then(tell)
      },
    },
    close: watchers.close,
  }
}
