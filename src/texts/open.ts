import { Fault } from '../foundation/index.ts'
import type { TextSender } from './text-sender.ts'
import { sendsIntoFolder } from './text-senders/folder.ts'
import { sendsByWebhook } from './text-senders/webhook.ts'

export type TextSenderOptions = {
  /** Where texts are laid down while there is no gateway. */
  readonly folder: string
  /**
   * A gateway that takes `{ "id", "to", "text" }` as JSON by POST and says 2xx once it has it. An id that it has had is
   * the same text again: it says 2xx and sends nothing.
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
