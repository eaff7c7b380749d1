import type { Clock, Log } from '../../../foundation/index.ts'
import { createPresence } from '../../presence.ts'
import type { Page } from './page.ts'

/** Whatever page somebody has open: one that is loaded anew, or whose network is lost, is followed by another. */
export type Roaming = {
  /** What is told here goes to the page of now, or nowhere. */
  readonly page: Page
  /** Of the call of now. */
  presence(): ReturnType<typeof createPresence>
  isHere(): boolean
  is(page: Page): boolean
  /** In place of the one before, which is told. */
  plug(page: Page): void
  /** The page of now has gone. */
  leave(): void
  /** Within a call: waits so long for the next page, and acts if none comes. */
  await(ms: number, act: () => void): void
  /** A call is over, and nobody is waited for. */
  forget(): void
}

/** How the house closes a page in whose place another has come. */
const replaced = 4000

export function createRoaming(clock: Clock, log: Log): Roaming {
  let now: Page | undefined
  let stopWaiting: (() => void) | undefined
  let presence = createPresence(log)

  const waitNoMore = () => {
    stopWaiting?.()
    stopWaiting = undefined
  }
  return {
    page: {
      tell: message => now?.tell(message),
      say: payload => now?.say(payload),
      ping: () => now?.ping() ?? new Promise(() => undefined),
      close: (code, reason) => now?.close(code, reason),
    },
    presence: () => presence,
    isHere: () => now !== undefined,
    is: page => now === page,
    plug(page) {
      const before = now
      now = page
      before?.close(replaced, 'another page')
      if (stopWaiting) presence.emit('back', {})
      waitNoMore()
    },
    leave() {
      now = undefined
    },
    await(ms, act) {
      stopWaiting = clock.after(ms, act)
      presence.emit('away', {})
    },
    forget() {
      waitNoMore()
      presence = createPresence(log)
    },
  }
}
