import { Fault, reasonOf } from '../../foundation/index.ts'
import type { TextSender } from '../text-sender.ts'

/** A slower gateway is as good as away. Whether it took the SMS is unknown; the id settles that at the next try. */
const mostMs = 10_000

/**
 * Statuses that are not about the SMS itself (RFC 9110, section 15.5; RFC 6585; RFC 8470): our token, a timeout, too early,
 * too many requests. Any other 4xx means that the SMS will never be sent.
 */
const notOfTheText: readonly number[] = [401, 407, 408, 425, 429]

/** Sends through an SMS gateway over HTTP. Redirects are refused, because they could leak the token. */
export function sendsByWebhook({
  url,
  token,
}: {
  readonly url: string
  readonly token?: string
}): TextSender {
  return {
    async send({ id, to, text }, signal) {
      const late = AbortSignal.timeout(mostMs)
      const response = await fetch(url, {
        method: 'POST',
        headers: headersOf(id, token),
        body: JSON.stringify({ id, to, text }),
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, late]) : late,
      }).catch((error: unknown) => {
        signal?.throwIfAborted()
        throw fault('text-failed', `no answer (${reasonOf(error)})`, error)
      })
      await response.body?.cancel()
      const { ok, status } = response
      if (ok) return
      const isFinal = status >= 400 && status < 500 && !notOfTheText.includes(status)
      throw fault(isFinal ? 'text-refused' : 'text-failed', `status ${status}`)
    },
  }
}

/** The id is sent in the Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header), and in the body as well. */
const headersOf = (id: string | undefined, token: string | undefined): Record<string, string> => {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (id !== undefined) headers['idempotency-key'] = id
  if (token !== undefined) headers.authorization = `Bearer ${token}`
  return headers
}

const fault = (code: 'text-failed' | 'text-refused', found: string, cause?: unknown) =>
  new Fault({ code, place: 'TEXT_WEBHOOK', found, expected: 'status 2xx', cause })
