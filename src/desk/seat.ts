import { createHash } from 'node:crypto'
import type { CallId } from '../telephony/index.ts'
import type { NewSeat, SeatState, SeatView } from './api.ts'

/** What a registering phone proves that it knows (RFC 7616; SHA-256 by RFC 8760): H(name:realm:password), in hex. */
export type Digest = { readonly realm: string; readonly md5: string; readonly sha256: string }

/** A person with a phone. */
export type Seat = {
  readonly name: string
  /** The name that people read. */
  readonly display: string
  /** Where its phone is rung: a SIP URI, a number, or the seat's page; unknown until a registering phone has said so. */
  readonly contact: string | undefined
  /** What the person at it can do beside the ordinary, as `en` or `sign`. */
  readonly skills: readonly string[]
  /** Present for a phone that registers. */
  readonly digest: Digest | undefined
  /** What the person last said. It outlives conversations and restarts. */
  readonly wantsCalls: boolean
  readonly state: SeatState
  /** Since when it is in that state, ms since 1970. */
  readonly sinceMs: number
  /** Counts how seats became ready: of two ready ones, the lower has been idle longer. */
  readonly turn: number
  /** The caller it rings for or talks to. */
  readonly caller: CallId | undefined
}

/** What the API asks for, or a page that is a seat's phone while it is open. */
export type SeatSetup =
  | NewSeat
  | {
      readonly name: string
      readonly display: string
      readonly skills?: readonly string[]
      readonly page: true
    }

export function viewOf({ name, display, skills, state, sinceMs, contact, caller }: Seat): SeatView {
  return {
    name,
    display,
    skills,
    state,
    sinceMs,
    contact,
    caller,
  }
}

export function digestOf(name: string, realm: string, password: string): Digest {
  const hash = (algorithm: string) =>
    createHash(algorithm).update(`${name}:${realm}:${password}`).digest('hex')
  return { realm, md5: hash('md5'), sha256: hash('sha256') }
}

/** Where a seat is when no call has it and nothing keeps it. */
export function idleState({ wantsCalls, contact }: Pick<Seat, 'wantsCalls' | 'contact'>): SeatState {
  if (!wantsCalls) return 'away'
  return contact === undefined ? 'offline' : 'ready'
}
