import { createHmac } from 'node:crypto'
import { type Clock, Fault, sleep } from '../foundation/index.ts'
import type { Alarm } from './decide.ts'

const deadlineMs = 2_500
/** Waits before the second and the third try; after that it is lost, and counted. */
const againMs = [1_000, 3_000] as const

export type AlarmWebhook = { readonly url: string; readonly key: string }

/**
 * Sends an alarm as JSON by POST. `X-Jieting-Signature: t=<ms>,v1=<hex>` is HMAC-SHA-256 over `<ms>.<body>` with the key
 * that both sides hold, so that nobody else can raise one and an old one is known by its time.
 * @throws the fault of the last try
 */
export async function push(alarm: Alarm, { url, key }: AlarmWebhook, clock: Clock, signal: AbortSignal) {
  const body = JSON.stringify(alarm)
  for (let tries = 0; ; tries++) {
    try {
      const atMs = clock.now()
      const mac = createHmac('sha256', key).update(`${atMs}.${body}`).digest('hex')
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-jieting-signature': `t=${atMs},v1=${mac}` },
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      })
      await answer.body?.cancel()
      if (answer.ok) return
      throw refused(answer.status)
    } catch (error) {
      const waitMs = againMs[tries]
      if (waitMs === undefined || signal.aborted) throw error
      await sleep(clock, waitMs, signal)
    }
  }
}

const refused = (status: number) =>
  new Fault({
    code: 'alarm-refused',
    place: 'ALARM_WEBHOOK',
    found: `status ${status}`,
    expected: 'a status from 200 to 299',
  })
