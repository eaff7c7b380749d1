import { Fault } from '../foundation/index.ts'
import type { TextSender } from './text-sender.ts'
import { sendsIntoFolder } from './text-senders/folder.ts'
import { sendsByWebhook } from './text-senders/webhook.ts'

export type TextSenderOptions = {
  /** Where SMS are saved if there is no gateway. */
  readonly folder: string
  /**
   * A gateway that takes `{ "id", "to", "text" }` as JSON by POST and answers 2xx once it has the SMS. A repeated id means the
   * same SMS again: it answers 2xx and sends nothing.
   */
  readonly webhook?: { readonly url: string; readonly token?: string }
}

export function openTextSender({ folder, webhook }: TextSenderOptions): TextSender {
  const { send } = webhook ? sendsByWebhook(webhook) : sendsIntoFolder(folder)
  return {
    async send(text, signal) {
      signal?.throwIfAborted()
      if (!/^\+?\d{3,15}$/.test(text.to))
        throw new Fault({
          code: 'text-number',
          place: 'to',
          found: text.to === '' ? 'a withheld number' : 'no telephone number',
          expected: '3 to 15 digits',
        })
      await send(text, signal)
    },
  }
}
