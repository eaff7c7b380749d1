import { Fault, reasonOf } from '../../foundation/index.ts'
import type { TextSender } from '../text-sender.ts'

/** A gateway that takes longer is as good as away. */
const mostMs = 10_000

/** A text gateway, or what speaks to one, by HTTP. A redirect is refused: it could lead the token elsewhere. */
export function sendsByWebhook({
  url,
  token,
}: {
  readonly url: string
  readonly token?: string
}): TextSender {
  return {
    async send({ to, text }, signal) {
      const failed = (found: string, cause?: unknown) =>
        new Fault({ code: 'text-failed', place: 'TEXT_WEBHOOK', found, expected: 'status 2xx', cause })
      const late = AbortSignal.timeout(mostMs)
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ to, text }),
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, late]) : late,
      }).catch((error: unknown) => {
        signal?.throwIfAborted()
        throw failed(`no answer (${reasonOf(error)})`, error)
      })
      await response.body?.cancel()
      if (!response.ok) throw failed(`status ${response.status}`)
    },
  }
}
