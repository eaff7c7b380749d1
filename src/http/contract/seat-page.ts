import type { Seat } from './seats.ts'

/** What a seat's page and the desk say to each other over the socket at /seat/desk, in JSON. */
export type ToSeatPage =
  /** Whole, at each change of the seat itself; of the others and of the line at most a few times a second. */
  | {
      readonly kind: 'desk'
      readonly seat: Seat
      /** Callers in the line for a person. */
      readonly waiting: number
      readonly others: readonly Pick<Seat, 'name' | 'display' | 'state'>[]
      /** Whom a caller can be handed over to outside, and nobody else. */
      readonly numbers: readonly OutsideNumber[]
      /** The house's time, ms since 1970. */
      readonly nowMs: number
    }
  /** Whole, at each change; without a talk the seat has nobody. */
  | { readonly kind: 'talk'; readonly talk?: SeatTalk }
  | { readonly kind: 'refused'; readonly order: SeatOrder['kind']; readonly code: string }
  /** Comes every 5 s: a page that hears nothing for 15 s has lost its connection. */
  | { readonly kind: 'beat' }

export type OutsideNumber = { readonly number: string; readonly name: string }

export type SeatTalk = {
  readonly id: string
  /** Empty when withheld. */
  readonly number: string
  /** Why they came: the reason of the flow's verb `queue`. */
  readonly reason: string
  readonly phase: 'ringing' | 'talking' | 'held' | 'moving'
  readonly invitedAtMs: number
  /** Absent while it is being looked up. */
  readonly caller?: {
    readonly elder: boolean
    readonly language?: string
    readonly past: readonly PastCall[]
  }
  /** The pass to the captions of this call; from the answer on. */
  readonly captions?: string
}

/** An earlier call of the same number, newest first. */
export type PastCall = {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly invitedAtMs: number
  /** Absent where it did not end. */
  readonly durationMs?: number
  /** The seat that took it, if any. */
  readonly seat?: string
}

export type SeatOrder =
  | { readonly kind: 'ready' | 'away' | 'hold' | 'resume' | 'cancel' }
  | { readonly kind: 'to-seat'; readonly seat: string }
  | { readonly kind: 'outside'; readonly number: string }
