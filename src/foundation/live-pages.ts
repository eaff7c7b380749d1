import type { Cancel, Clock } from './clock.ts'
import type { Socket } from './mounts.ts'

/** Pages that are told what changes, for as long as they are open. */
export type LivePages<Page> = {
  readonly open: ReadonlySet<Page>
  /** @param left told once, when its socket is closed from either side */
  add(page: Page, left?: () => void): void
  close(): void
}

/**
 * Keeps the pages of one kind, and has a turn for them while any is open.
 * @param everyMs from one turn to the next
 * @param turn tells each what it has not heard; whoever does not keep up (`keepsUp`) waits for a later one
 */
export function openLivePages<Page extends { readonly socket: Socket }>(
  clock: Clock,
  everyMs: number,
  turn: (open: ReadonlySet<Page>) => void,
): LivePages<Page> {
  const open = new Set<Page>()
  let stop: Cancel | undefined
  const take = () => {
    stop = clock.after(everyMs, take)
    turn(open)
  }
  const rest = () => {
    stop?.()
    stop = undefined
  }
  return {
    open,
    add(page, left) {
      open.add(page)
      stop ??= clock.after(everyMs, take)
      page.socket.onClose(() => {
        open.delete(page)
        if (open.size === 0) rest()
        left?.()
      })
    },
    close() {
      rest()
      for (const { socket } of open) socket.close(1001, 'shutting-down')
    },
  }
}

/** Whether all that was sent to a page has left. */
export const keepsUp = ({ socket }: { readonly socket: Socket }): boolean => socket.backlog() === 0

/** Of a page that only listens: whatever it says ends it. */
export const onlyListens = (socket: Socket): void =>
  socket.onMessage(() => socket.close(1008, 'nothing-to-say'))
