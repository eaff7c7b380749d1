import { createEvents, reasonOf, type Socket } from '../../../foundation/index.ts'
import type { Call, Destination, DialOptions, PresenceNotices } from '../../call.ts'
import { awaitAnswer, type Ringing, ringFault } from '../../ringing.ts'
import { openPage, type Page } from './page.ts'
import { openPageCall, type PageCall, type PageContext } from './page-call.ts'
import type { FromPage } from './protocol.ts'

/** A signed-in page that is rung: one call after the other, each over whatever page the seat has open. */
export type SeatPhone = {
  /** The seat's page from now on: it takes over what the one before was doing, and that one is told. */
  plug(socket: Socket): void
  ring(to: Destination, options: DialOptions): Promise<Call>
  close(): void
}

/** A page that is loaded anew, or whose network is, is back by then; a longer wait would be the caller's. */
const awayMs = 8_000

/** @param onGone its last page is gone, and no call waits for the next. */
export function openSeatPhone(context: PageContext, onGone: () => void): SeatPhone {
  const { clock, log } = context
  let page: Page | undefined
  let call: PageCall | undefined
  let ringing: Ringing | undefined
  let isTaken = false
  let stopWaiting: (() => void) | undefined
  let presence = createPresence()

  function createPresence() {
    return createEvents<PresenceNotices>(error =>
      log.error({ reason: reasonOf(error) }, 'a listener to a seat’s page failed'),
    )
  }

  const take = (message: FromPage) => {
    if (message.kind === 'answer' && ringing) {
      call?.up()
      ringing.answered()
      ringing = undefined
    } else if (message.kind === 'refuse' && ringing) ringing.failed('busy', 'them', 'not now')
    else if (message.kind === 'hang-up') {
      if (ringing) ringing.failed('busy', 'them', 'not now')
      else void call?.end('them', 'hung-up')
    } else call?.take(message)
  }

  const goAway = () => {
    page = undefined
    if (!call) return onGone()
    if (ringing) return ringing.failed('unreachable', 'failure', 'a page that was closed')
    presence.emit('away', {})
    stopWaiting = clock.after(awayMs, () => void call?.end('failure', 'signalling-lost'))
  }

  /** All that a call says goes to the page of now. */
  const toPage: Page = {
    tell: message => page?.tell(message),
    say: payload => page?.say(payload),
    close: (code, reason) => page?.close(code, reason),
  }

  return {
    plug(socket) {
      const before = page
      const opened = openPage(socket, clock, {
        onMessage: message => page === opened && take(message),
        onFrame: (time, payload) => page === opened && call?.port.hear(payload, time),
        onClose: () => page === opened && goAway(),
        onOffence: context.onOffence,
      })
      page = opened
      before?.close(4000, 'another page of this seat')
      if (!call) return
      if (ringing) return page.tell({ kind: 'rings', call: call.call.id, number: call.call.caller })
      stopWaiting?.()
      page.tell({ kind: 'answered', call: call.call.id })
      if (!before) presence.emit('back', {})
    },
    close: () => page?.close(1001, 'shutting-down'),
    async ring(to, options) {
      if (isTaken) throw ringFault('busy', to, 'a page that is in a call')
      isTaken = true
      presence = createPresence()
      const from = options.from ?? { number: '' }
      // One answer, however it ends: the page hears of it from the end of the call itself.
      const signalling = { answer: async () => undefined, leave: () => undefined }
      const who = {
        direction: 'out',
        caller: from.number,
        called: to.kind === 'seat' ? to.name : '',
        presence,
      } as const
      try {
        const made = await openPageCall(toPage, { ...who, near: options.near }, signalling, context)
        call = made
        void made.call.ended.then(({ reason }) => {
          stopWaiting?.()
          page?.tell({ kind: 'ended', reason })
          call = undefined
          ringing = undefined
          isTaken = false
          if (!page) onGone()
        })
        ringing = awaitAnswer(made, to, options, { clock, leave: () => undefined })
        if (page) page.tell({ kind: 'rings', call: made.call.id, ...from })
        else ringing.failed('unreachable', 'failure', 'a page that was closed')
        return await ringing.answer
      } catch (error) {
        if (!call) isTaken = false
        throw error
      }
    },
  }
}
