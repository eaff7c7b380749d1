import type { Cancel, Clock } from './clock.ts'
import type { Socket } from './mounts.ts'

/** Open pages that are told what changes. */
export type LivePages<Page> = {
  readonly open: ReadonlySet<Page>
  /** @param left called once, when the page's socket is closed from either side */
  add(page: Page, left?: () => void): void
  close(): void
}

/**
 * Holds the open pages of one kind, and runs a turn for them while there are any.
 * @param everyMs time from one turn to the next
 * @param turn tells each page what it has not heard; a page that does not keep up (`keepsUp`) waits for a later
 * turn
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

/** Whether everything sent to the page has left this machine. */
export const keepsUp = ({ socket }: { readonly socket: Socket }): boolean => socket.backlog() === 0

/** For a page that only listens: any message from it closes it. */
export const onlyListens = (socket: Socket): void =>
  socket.onMessage(() => socket.close(1008, 'nothing-to-say'))
