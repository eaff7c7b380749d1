import { createHash } from 'node:crypto'
import type { CallId } from '../telephony/index.ts'
import type { AsideReason, BreakReason, NewSeat, SeatState, SeatView } from './api.ts'

/**
 * The hashes by which a registering phone proves its password (RFC 7616; SHA-256 by RFC 8760):
 * H(name:realm:password), in hex.
 */
export type Digest = { readonly realm: string; readonly md5: string; readonly sha256: string }

/** What holds for a seat while no call has it: what its agent last asked for, or that it did not answer. */
export type SeatStanding =
  | { readonly kind: 'calls' | 'signed-out' }
  | { readonly kind: 'away'; readonly reason: BreakReason }
  | { readonly kind: 'set-aside'; readonly reason: AsideReason }

/** A person with a phone. */
export type Seat = {
  readonly name: string
  /** The name that people read. */
  readonly display: string
  /** The agent's number as citizens are told it (工号): neither the name of a phone nor that of a person. */
  readonly number: number
  /**
   * Where its phone is rung: a SIP URI, a number, or the seat's page; undefined until a registering phone has said
   * so.
   */
  readonly contact: string | undefined
  /** The fixed address of its phone: a SIP URI or a number; undefined for a phone that registers, or a page alone. */
  readonly address: string | undefined
  /** What its agent can do beyond the ordinary, as `en` or `sign`. */
  readonly skills: readonly string[]
  /** Present for a phone that registers. */
  readonly digest: Digest | undefined
  /** It outlives conversations and restarts. */
  readonly standing: SeatStanding
  /** Offers declined since it signed in; `unanswered` counts likewise. */
  readonly declined: number
  readonly unanswered: number
  /** The member who opened its page last. */
  readonly member: string | undefined
  readonly state: SeatState
  /** Since when it is in that state, ms since 1970. */
  readonly sinceMs: number
  /** Number in the order in which seats became ready: of two ready ones, the lower has been idle longer. */
  readonly turn: number
  /** The caller it rings for or talks to. */
  readonly caller: CallId | undefined
  /** It has a callback that the hotline leads, from the moment it is asked to take it. */
  readonly isLeading: boolean
}

/** What of a seat outlives the process. */
export type SavedSeat = Pick<
  Seat,
  | 'name'
  | 'display'
  | 'number'
  | 'contact'
  | 'address'
  | 'digest'
  | 'skills'
  | 'standing'
  | 'declined'
  | 'unanswered'
>

/** A new seat as the API asks for it, or a page that is a seat's phone while it is open. */
export type SeatSetup =
  | NewSeat
  | {
      readonly name: string
      readonly display: string
      readonly skills?: readonly string[]
      readonly page: true
    }

export const onBreak = (reason: BreakReason): SeatStanding => ({ kind: 'away', reason })

export function viewOf(seat: Seat): SeatView {
  const { name, display, number, skills, state, sinceMs, contact, address, caller, member } = seat
  return {
    name,
    display,
    number,
    skills,
    state,
    reason: reasonOf(seat),
    sinceMs,
    contact,
    address,
    caller,
    member,
    declined: seat.declined || undefined,
    unanswered: seat.unanswered || undefined,
  }
}

/** The reason for its state, when the standing gives one. */
export const reasonOf = ({ state, standing }: Pick<Seat, 'state' | 'standing'>) =>
  'reason' in standing && standing.kind === state ? standing.reason : undefined

export function digestOf(name: string, realm: string, password: string): Digest {
  const hash = (algorithm: string) =>
    createHash(algorithm).update(`${name}:${realm}:${password}`).digest('hex')
  return { realm, md5: hash('md5'), sha256: hash('sha256') }
}

/** The state of a seat when no call has it and no pause keeps it. */
export function idleState({ standing: { kind }, contact }: Pick<Seat, 'standing' | 'contact'>): SeatState {
  if (kind !== 'calls') return kind
  return contact === undefined ? 'offline' : 'ready'
}

/** A phone that fell silent in a conversation and no longer answers is as gone as one that cannot be rung. */
const asideBy: Readonly<Record<string, AsideReason>> = {
  'no-answer': 'no-answer',
  unreachable: 'unreachable',
  'seat-media-timeout': 'unreachable',
}

/**
 * The seat after an offer that failed there. A seat where nobody answered, or whose phone is gone, is set aside:
 * one unanswered offer costs a caller as long as a phone rings. One that refused, or could not be joined, keeps its
 * standing.
 */
export function afterMiss(seat: Seat, reason: string): Seat {
  const isRefused = reason === 'rejected' || reason === 'busy'
  const declined = seat.declined + (isRefused ? 1 : 0)
  const unanswered = seat.unanswered + (reason === 'no-answer' ? 1 : 0)
  const why = asideBy[reason]
  // What the agent asked for while it rang takes precedence.
  const standing: SeatStanding =
    why && seat.standing.kind === 'calls' ? { kind: 'set-aside', reason: why } : seat.standing
  return { ...seat, declined, unanswered, standing }
}
