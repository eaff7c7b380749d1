import { count } from './values.ts'

/** The audit trail: what is unusual. */
export const trailSettings = {
  /** Said in days by the rules of retention now, as `trail`; read for this version, and counts before the file. */
  TRAIL_MONTHS: count(24, 6, 120).unwrap().optional(),
  /** At how many orders, calls and callers somebody may look in an hour before it is said. */
  TRAIL_LOOKS_PER_HOUR: count(60, 1, 100_000),
}
