import { createHmac } from 'node:crypto'
import { type Clock, Fault, sleep } from '../foundation/index.ts'
import type { Alarm } from './decide.ts'

const deadlineMs = 2_500
/** Delays before the second and third try. After that the alarm is lost, and counted. */
const againMs = [1_000, 3_000] as const

export type AlarmWebhook = { readonly url: string; readonly key: string }

/**
 * Sends an alarm as JSON by POST. `X-Jieting-Signature: t=<ms>,v1=<hex>` is the HMAC-SHA-256 of `<ms>.<body>` with a shared
 * key, so that nobody else can raise an alarm, and a replayed one is recognized by its time.
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
