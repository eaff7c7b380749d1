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
import type { ToFloorPage } from './api.ts'
import type { Desk } from './desk.ts'

export type FloorOptions = {
  readonly desk: Desk
  /** Where callers are now. */
  readonly places: () => ToFloorPage['places']
  /** What today came to. */
  readonly today: () => Promise<ToFloorPage['day'] & object>
  readonly clock: Clock
  readonly log: Log
}

export type Floor = { readonly mount: SocketMount; watchers(): number; close(): void }

const everyMs = 1_000
/** The day is asked of the database, and only while somebody watches. */
const dayEveryMs = 10_000

/** The queue and all seats, for who watches over them: told whole, each second, to every page that is open. */
export function openFloor({ desk, places, today, clock, log }: FloorOptions): Floor {
  let day: ToFloorPage['day']
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
  /** Nobody waits for it but who has not seen it yet, and a database that is slow is not asked again meanwhile. */
  const askDay = async () => {
    if (asking || clock.monotonicMs() - askedMs < dayEveryMs) return asking
    askedMs = clock.monotonicMs()
    asking = count()
    return asking
  }
  const shown = (): ToFloorPage => {
    const { waiting, waitingSinceMs } = desk.figures()
    return {
      nowMs: clock.now(),
      waiting,
      seats: desk.seats(),
      places: places(),
      waitingSinceMs,
      day: day || undefined,
    }
  }
  const watchers = openLivePages<{ readonly socket: Socket }>(clock, everyMs, open => {
    void askDay()
    const message = JSON.stringify(shown())
    // Who does not keep up misses a second.
    for (const watcher of open) if (keepsUp(watcher)) watcher.socket.send(message)
  })

  return {
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
        tell()
        if (!day) void askDay().then(tell)
      },
    },
    close: watchers.close,
  }
}
