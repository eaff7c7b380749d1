import {
  type Clock,
  counter,
  type Figure,
  gauge,
  labelled,
  type Part,
  sidePart,
} from '../foundation/index.ts'
import type { Desk } from './desk.ts'

/** The old name is reported beside the new one for one version, so that dashboards can follow. */
const lastVersionsName = 'jieting_line_ends_total'

/** Metrics of seats and of the queue for a person. */
export const deskFigures = (desk: Pick<Desk, 'figures'>): readonly Figure[] => [
  gauge('jieting_callers_waiting', 'Callers in the queue for a person', () => desk.figures().waiting),
  gauge('jieting_seats', 'Seats by state', () => labelled('state', desk.figures().seats)),
  ...['jieting_queue_ends_total', lastVersionsName].map(name =>
    counter(name, 'How waiting for a person ended', () => labelled('end', desk.figures().ends)),
  ),
  counter('jieting_offers_failed_total', 'Offers that no seat took', () => desk.figures().failedOffers),
  counter(
    'jieting_queue_overlooked_total',
    'Callers who waited for over 1 s although a seat was free that may serve them',
    () => desk.figures().watchdog.overlooked,
  ),
  counter('jieting_wait_estimates_total', 'Callers who were told how long they would wait', () =>
    labelled('stage', { told: desk.figures().wait.told, measured: desk.figures().wait.measured }),
  ),
  gauge(
    'jieting_wait_estimate_error_seconds',
    'How far the last estimates were from the wait that it was',
    () => {
      const { medianErrorMs, p90ErrorMs } = desk.figures().wait
      return medianErrorMs === undefined || p90ErrorMs === undefined
        ? []
        : labelled('quantile', { '0.5': medianErrorMs / 1000, '0.9': p90ErrorMs / 1000 })
    },
  ),
]

const alarmMs = 600_000

/** Down for a while after a caller was overlooked. */
export function queueHealth(desk: Pick<Desk, 'figures'>, clock: Clock): Part {
  const { lastAtMs } = desk.figures().watchdog
  const isRecent = lastAtMs !== undefined && clock.now() - lastAtMs < alarmMs
  return sidePart(
    'queue',
    isRecent ? 'a caller waited although a seat was free that may serve them' : undefined,
  )
}
