import type { Socket } from '../../../foundation/index.ts'
import type { Call, Destination, DialOptions } from '../../call.ts'
import { awaitAnswer, type Ringing, ringFault } from '../../ringing.ts'
import { openPage } from './page.ts'
import { openPageCall, type PageCall, type PageContext } from './page-call.ts'
import type { FromPhonePage } from './protocol.ts'
import { createRoaming } from './roaming.ts'

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
  const roaming = createRoaming(clock, log)
  let call: PageCall | undefined
  let ringing: Ringing | undefined
  let isTaken = false
  let from: NonNullable<DialOptions['from']> = { number: '' }

  const take = (message: FromPhonePage) => {
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
    roaming.leave()
    if (!call) onGone()
    else if (ringing) ringing.failed('unreachable', 'failure', 'a page that was closed')
    else roaming.await(awayMs, () => void call?.end('failure', 'signalling-lost'))
  }

  return {
    plug(socket) {
      const page = openPage(socket, clock, {
        onMessage: message => roaming.is(page) && take(message),
        onFrame: (time, payload) => roaming.is(page) && call?.port.hear(payload, time),
        onClose: () => roaming.is(page) && goAway(),
        onOffence: context.onOffence,
      })
      roaming.plug(page)
      if (!call) return
      if (ringing) page.tell({ kind: 'rings', call: call.call.id, ...from })
      else call.tellAnswered()
    },
    close: () => roaming.page.close(1001, 'shutting-down'),
    async ring(to, options) {
      if (isTaken) throw ringFault('busy', to, 'a page that is in a call')
      isTaken = true
      from = options.from ?? { number: '' }
      // One answer, however it ends: the page hears of it from the end of the call itself.
      const signalling = {
        answer: async () => undefined,
        leave: () => undefined,
        askPhone: async () => {
          await roaming.page.ping()
          return 'there' as const
        },
      }
      const who = {
        direction: 'out',
        caller: from.number,
        called: to.kind === 'seat' ? to.name : '',
        presence: roaming.presence(),
        isSeat: true,
      } as const
      try {
        const made = await openPageCall(roaming.page, { ...who, near: options.near }, signalling, context)
        call = made
        void made.call.ended.then(({ reason }) => {
          roaming.forget()
          roaming.page.tell({ kind: 'ended', reason })
          call = undefined
          ringing = undefined
          isTaken = false
          if (!roaming.isHere()) onGone()
        })
        ringing = awaitAnswer(made, to, options, { clock, leave: () => undefined })
        if (roaming.isHere()) roaming.page.tell({ kind: 'rings', call: made.call.id, ...from })
        else ringing.failed('unreachable', 'failure', 'a page that was closed')
        return await ringing.answer
      } catch (error) {
        if (!call) isTaken = false
        throw error
      }
    },
  }
}
