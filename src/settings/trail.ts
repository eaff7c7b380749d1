import { count } from './values.ts'

/** The audit trail: how long it is kept, and what is unusual. */
export const trailSettings = {
  /** Months that entries are kept; the law asks for six at least (Cybersecurity Law, art. 21). */
  TRAIL_MONTHS: count(24, 6, 120),
  /** At how many orders, calls and callers somebody may look in an hour before it is said. */
  TRAIL_LOOKS_PER_HOUR: count(60, 1, 100_000),
}
