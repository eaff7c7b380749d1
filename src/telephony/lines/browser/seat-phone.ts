import type { Socket } from '../../../foundation/index.ts'
import type { Call, Destination, DialOptions } from '../../call.ts'
import { awaitAnswer, type Ringing, ringFault } from '../../ringing.ts'
import { openPage } from './page.ts'
import { openPageCall, type PageCall, type PageContext } from './page-call.ts'

/** A signed-in page that is rung: one call after the other over one socket. */
export type SeatPhone = {
  ring(to: Destination, options: DialOptions): Promise<Call>
  /** The same seat has opened another page. */
  replace(): void
  close(): void
}

export function openSeatPhone(socket: Socket, context: PageContext, onGone: () => void): SeatPhone {
  const { clock } = context
  let call: PageCall | undefined
  let ringing: Ringing | undefined
  let isTaken = false
  let isGone = false

  const page = openPage(socket, clock, {
    onMessage(message) {
      if (message.kind === 'answer' && ringing) {
        call?.up()
        ringing.answered()
        ringing = undefined
      } else if (message.kind === 'refuse' && ringing) ringing.failed('busy', 'them', 'not now')
      else if (message.kind === 'hang-up') {
        if (ringing) ringing.failed('busy', 'them', 'not now')
        else void call?.end('them', 'hung-up')
      } else call?.take(message)
    },
    onFrame: (time, payload) => call?.port.hear(payload, time),
    onClose() {
      isGone = true
      if (ringing) ringing.failed('unreachable', 'failure', 'a page that was closed')
      else void call?.end('failure', 'signalling-lost')
      onGone()
    },
    onOffence: context.onOffence,
  })

  return {
    replace: () => page.close(4000, 'another page of this seat'),
    close: () => page.close(1001, 'shutting-down'),
    async ring(to, options) {
      if (isTaken) throw ringFault('busy', to, 'a page that is in a call')
      isTaken = true
      const from = options.from ?? { number: '' }
      // One answer, however it ends: the page hears of it from the end of the call itself.
      const signalling = { answer: async () => undefined, leave: () => undefined }
      const who = {
        direction: 'out',
        caller: from.number,
        called: to.kind === 'seat' ? to.name : '',
      } as const
      try {
        const made = await openPageCall(page, { ...who, near: options.near }, signalling, context)
        call = made
        void made.call.ended.then(({ reason }) => {
          page.tell({ kind: 'ended', reason })
          call = undefined
          ringing = undefined
          isTaken = false
        })
        ringing = awaitAnswer(made, to, options, { clock, leave: () => undefined })
        if (isGone) ringing.failed('unreachable', 'failure', 'a page that was closed')
        else page.tell({ kind: 'rings', call: made.call.id, ...from })
        return await ringing.answer
      } catch (error) {
        if (!call) isTaken = false
        throw error
      }
    },
  }
}
