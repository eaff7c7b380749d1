import { count } from './values.ts'

/** Seats and the queue for a person. */
export const deskSettings = {
  SEAT_RING_SECONDS: count(15, 3, 120),
  SEAT_WRAP_UP_SECONDS: count(5, 0, 600),
  QUEUE_CAPACITY: count(1000, 1, 100_000),
}
