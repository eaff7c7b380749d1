import {
  type Cancel,
  type Clock,
  counter,
  type Figure,
  type Log,
  type Part,
  partsInTime,
  reasonOf,
} from '../foundation/index.ts'
import { type Alarm, type AlarmsKnown, decide } from './decide.ts'
import { type AlarmWebhook, push } from './push.ts'

export type AlarmOptions = {
  /** Where alarms are sent; nowhere when absent. */
  readonly webhook?: AlarmWebhook
  /** Every part with its current readiness. */
  health(): Promise<readonly Part[]>
  readonly clock: Clock
  readonly log: Log
}

/** Short enough that, with the grace period of `decide` and a slow push, an alarm is sent within ten seconds. */
const lookMs = 2_000

/** Watches the parts of the product, and reports each that goes down or comes up. */
export function openAlarms({ webhook, health, clock, log }: AlarmOptions): {
  readonly figures: readonly Figure[]
  close(): void
} {
  let sent = 0
  let lost = 0
  let known: AlarmsKnown = new Map()
  const closing = new AbortController()
  let stop: Cancel = () => undefined

  /** Sends an alarm; no alarm waits for another. */
  const tell = (alarm: Alarm, to: AlarmWebhook) =>
    push(alarm, to, clock, closing.signal).then(
      () => {
        sent++
      },
      error => {
        if (closing.signal.aborted) return
        lost++
        log.error({ part: alarm.kind, state: alarm.state, reason: reasonOf(error) }, 'an alarm was not taken')
      },
    )
  async function look(to: AlarmWebhook): Promise<void> {
    const parts = await partsInTime(clock, health)
    const decided = decide(known, parts, clock.now())
    known = decided.known
    for (const alarm of decided.alarms) void tell(alarm, to)
  }
  if (webhook)
    stop = clock.after(lookMs, function again() {
      void look(webhook).finally(() => {
        if (!closing.signal.aborted) stop = clock.after(lookMs, again)
      })
    })

  return {
    figures: [
      counter('jieting_alarms_sent_total', 'Alarms that the webhook has taken', () => sent),
      counter('jieting_alarms_lost_total', 'Alarms that it has not taken after three tries', () => lost),
    ],
    close() {
      stop()
      closing.abort()
    },
  }
}
