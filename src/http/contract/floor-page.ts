import type { Seat } from './seats.ts'

/** What the floor's page is told over the socket at /floor/live, whole each time. It says nothing itself. */
export type ToFloorPage = {
  readonly nowMs: number
  readonly waiting: number
  /** The INVITE of who has waited longest, ms since 1970; absent while nobody waits. */
  readonly waitingSinceMs?: number
  readonly seats: readonly Seat[]
  /** Where callers are now, and how many; where nobody is, is left out. */
  readonly places: readonly { readonly place: FloorPlace; readonly calls: number }[]
  /** Today's figures; absent while the database has not said them. */
  readonly day?: FloorDay
}

export type FloorPlace =
  | { readonly at: 'ringing' | 'line' | 'offered' | 'talking' | 'held' | 'outside' }
  | { readonly at: 'flow'; readonly flow: string; readonly state: string }

/** Of calls that rang the house; times in ms from the INVITE to a person. */
export type FloorAnswering = {
  readonly calls: number
  readonly wanted: number
  readonly reached: number
  /** Reached a person within 15 s (GB/T 33358-2016). */
  readonly soon: number
  readonly medianMs?: number
  readonly p95Ms?: number
}
export type FloorDay = FloorAnswering & {
  readonly fromMs: number
  readonly hours: readonly (FloorAnswering & { readonly hour: number })[]
}
