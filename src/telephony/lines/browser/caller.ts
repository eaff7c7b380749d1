import { newSecret, reasonOf, type Socket } from '../../../foundation/index.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import { openPage, type Page } from './page.ts'
import { openPageCall, type PageCall, type PageContext } from './page-call.ts'
import type { FromPhonePage } from './protocol.ts'
import { createRoaming } from './roaming.ts'

/** A page that opened a socket and does not ring is sent away. */
const ringWithinMs = 10_000
/** A page that is loaded anew, or changes from one network to another, is back by then. */
const awayMs = 15_000

/** Someone's call over whatever page they have open. */
export type CallerPhone = {
  /** @returns false when there is nothing left to come back to. */
  plug(page: Page): boolean
  take(page: Page, message: FromPhonePage): void
  hear(page: Page, time: number, payload: Uint8Array): void
  leave(page: Page): void
  /** Its page broke the rules: nobody comes back. */
  drop(): void
}

/** Calls of callers' pages, by the key that brings another page into one. */
export type CallerPhones = Map<string, CallerPhone>

/** Someone's page, which rings once, or comes back into the call that it has. @param onGone it counts no more. */
export function takeCaller(
  socket: Socket,
  phones: CallerPhones,
  handlers: CallHandlers,
  context: PageContext,
  onGone: () => void,
): void {
  const { clock } = context
  let phone: CallerPhone | undefined
  const stopWaiting = clock.after(ringWithinMs, () => page.close(1008, 'no ring'))

  const begin = (message: FromPhonePage) => {
    if (message.kind === 'hang-up') return page.close()
    if (message.kind !== 'ring' && message.kind !== 'resume') return
    stopWaiting()
    if (message.kind === 'ring') phone = openCallerPhone(message, page, phones, handlers, context, onGone)
    else {
      const found = phones.get(message.key)
      if (found?.plug(page)) phone = found
      else page.tell({ kind: 'ended', reason: 'hung-up' })
      if (!phone) return page.close(1008, 'over')
      // Its call is counted already.
      onGone()
    }
  }
  const page: Page = openPage(socket, clock, {
    onMessage: message => (phone ? phone.take(page, message) : begin(message)),
    onFrame: (time, payload) => phone?.hear(page, time, payload),
    onClose() {
      stopWaiting()
      if (phone) phone.leave(page)
      else onGone()
    },
    onOffence(offence) {
      context.onOffence(offence)
      phone?.drop()
    },
  })
}

function openCallerPhone(
  { to, language }: Extract<FromPhonePage, { kind: 'ring' }>,
  first: Page,
  phones: CallerPhones,
  handlers: CallHandlers,
  context: PageContext,
  onOver: () => void,
): CallerPhone {
  const { clock, log } = context
  const key = newSecret()
  const roaming = createRoaming(clock, log)
  roaming.plug(first)
  let call: PageCall | undefined

  const over = () => {
    roaming.forget()
    phones.delete(key)
    onOver()
  }
  const end = (reason: 'hung-up' | 'cancelled') => void call?.end('them', reason)

  const phone: CallerPhone = {
    plug(page) {
      if (!call?.isUp()) return false
      roaming.plug(page)
      call.tellAnswered()
      return true
    },
    take(page, message) {
      if (!roaming.is(page)) return
      if (message.kind !== 'hang-up') return call?.take(message)
      phone.drop()
      page.close()
    },
    hear: (page, time, payload) => roaming.is(page) && call?.port.hear(payload, time),
    leave(page) {
      if (!roaming.is(page)) return
      roaming.leave()
      if (call?.isUp()) roaming.await(awayMs, () => end('hung-up'))
      else end('cancelled')
    },
    drop: () => end(call?.isUp() ? 'hung-up' : 'cancelled'),
  }
  const ring = async () => {
    try {
      // Nobody vouches for a number that a page would give.
      const who = {
        direction: 'in',
        caller: '',
        called: to,
        language,
        key,
        presence: roaming.presence(),
      } as const
      call = await openCall(roaming.page, who, handlers, context)
      void call.call.ended.then(over)
      phones.set(key, phone)
      if (!roaming.isHere()) end('cancelled')
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'a page rang in vain')
      roaming.page.tell({ kind: 'ended', reason: 'full' })
      roaming.page.close(1013, 'full')
      over()
    }
  }
  void ring()
  return phone
}

async function openCall(
  page: Page,
  who: Parameters<typeof openPageCall>[1],
  handlers: CallHandlers,
  context: PageContext,
): Promise<PageCall> {
  let tellAnswered!: () => void
  const answered = new Promise<void>(resolve => {
    tellAnswered = resolve
  })
  const made = await openPageCall(
    page,
    who,
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
      async askPhone() {
        await page.ping()
        return 'there'
      },
    },
    context,
  )
  void made.call.ended.then(tellAnswered)
  deliver(made.call, answered, handlers, context)
  return made
}
