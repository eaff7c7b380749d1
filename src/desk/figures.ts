import { counter, type Figure, gauge, labelled } from '../foundation/index.ts'
import type { Desk } from './desk.ts'

/** What operators watch of seats and of the queue for a person. */
export const deskFigures = (desk: Pick<Desk, 'figures'>): readonly Figure[] => [
  gauge('jieting_callers_waiting', 'Callers in line for a person', () => desk.figures().waiting),
  gauge('jieting_seats', 'Seats by state', () => labelled('state', desk.figures().seats)),
  counter('jieting_line_ends_total', 'How waiting for a person ended', () =>
    labelled('end', desk.figures().ends),
  ),
  counter('jieting_offers_failed_total', 'Offers that no seat took', () => desk.figures().failedOffers),
]
