import { counter, type Figure, gauge, labelled } from '../foundation/index.ts'
import type { Desk } from './desk.ts'

/** Given beside the new name for one version, so that dashboards can follow. */
const lastVersionsName = 'jieting_line_ends_total'

/** What operators watch of seats and of the queue for a person. */
export const deskFigures = (desk: Pick<Desk, 'figures'>): readonly Figure[] => [
  gauge('jieting_callers_waiting', 'Callers in the queue for a person', () => desk.figures().waiting),
  gauge('jieting_seats', 'Seats by state', () => labelled('state', desk.figures().seats)),
  ...['jieting_queue_ends_total', lastVersionsName].map(name =>
    counter(name, 'How waiting for a person ended', () => labelled('end', desk.figures().ends)),
  ),
  counter('jieting_offers_failed_total', 'Offers that no seat took', () => desk.figures().failedOffers),
]
