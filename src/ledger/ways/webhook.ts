import { Fault, reasonOf } from '../../foundation/index.ts'
import type { Seal } from '../api.ts'
import type { SealWay } from '../way.ts'

const deadlineMs = 10_000

/**
 * Sends seals to an external server that keeps them, as JSON `{ n, text, signature, publicKey }`.
 * @param publicKeyOf gives the public key that made a seal
 */
export const webhookWay = (url: string, publicKeyOf: (seal: Seal) => string): SealWay => ({
  name: 'webhook',
  async send(seal) {
    const { n, text, signature } = seal
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ n, text, signature, publicKey: publicKeyOf(seal) }),
      signal: AbortSignal.timeout(deadlineMs),
      redirect: 'error',
    }).catch((error: unknown) => {
      throw awayFault(reasonOf(error))
    })
    await answer.body?.cancel()
    if (!answer.ok) throw awayFault(`status ${answer.status}`)
    return undefined
  },
})

const awayFault = (found: string) =>
  new Fault({ code: 'seal-not-sent', place: 'LEDGER_WEBHOOK', found, expected: 'a status from 200 to 299' })
