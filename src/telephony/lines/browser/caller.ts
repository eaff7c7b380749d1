import { reasonOf, type Socket } from '../../../foundation/index.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import { openPage, type Page } from './page.ts'
import { openPageCall, type PageCall, type PageContext } from './page-call.ts'

/** A page that opened a socket and does not ring is sent away. */
const ringWithinMs = 10_000

/** Someone's page, which rings once: with the call ends the socket, and with the socket the call. */
export function takeCaller(
  socket: Socket,
  handlers: CallHandlers,
  context: PageContext,
  onGone: () => void,
): void {
  const { clock, log } = context
  let call: PageCall | undefined
  let hasRung = false
  let isGone = false
  const stopWaiting = clock.after(ringWithinMs, () => page.close(1008, 'no ring'))

  const ring = async (to: string) => {
    stopWaiting()
    hasRung = true
    try {
      call = await openCall(page, to, handlers, context)
      if (isGone) void call.end('them', 'cancelled')
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'a page rang in vain')
      page.tell({ kind: 'ended', reason: 'full' })
      page.close(1013, 'full')
    }
  }
  const page: Page = openPage(socket, clock, {
    onMessage(message) {
      if (message.kind === 'ring' && !hasRung) void ring(message.to)
      else if (message.kind === 'hang-up') page.close()
      else call?.take(message)
    },
    onFrame: (time, payload) => call?.port.hear(payload, time),
    onClose() {
      stopWaiting()
      isGone = true
      void call?.end('them', call.isUp() ? 'hung-up' : 'cancelled')
      onGone()
    },
    onOffence: context.onOffence,
  })
}

async function openCall(
  page: Page,
  called: string,
  handlers: CallHandlers,
  context: PageContext,
): Promise<PageCall> {
  let tellAnswered!: () => void
  const answered = new Promise<void>(resolve => {
    tellAnswered = resolve
  })
  const made = await openPageCall(
    page,
    // Nobody vouches for a number that a page would give.
    { direction: 'in', caller: '', called },
    {
      async answer() {
        if (made.isUp()) return
        made.up()
        tellAnswered()
      },
      leave(reason) {
        page.tell({ kind: 'ended', reason })
        page.close()
      },
    },
    context,
  )
  void made.call.ended.then(tellAnswered)
  deliver(made.call, answered, handlers, context)
  return made
}
