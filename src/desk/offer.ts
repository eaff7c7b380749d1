import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import type { Call } from '../telephony/index.ts'
import type { DeskFaultCode } from './faults.ts'
import { bridgeLegs, hangUp } from './parties.ts'

/** Makes a seat's phone ring; its media has to be near the caller's. */
export type SeatRing = {
  readonly seat: { readonly name: string; readonly contact: string }
  readonly near: Call
  readonly reason: string
  /** Stops ringing. */
  readonly signal: AbortSignal
}

export type RingPhone = {
  /** Aborts when the caller hung up or left the queue. */
  readonly gone: AbortSignal
  /** Makes the seat's phone ring until the signal aborts. */
  readonly ring: (signal: AbortSignal) => Promise<Call>
  /** How long it may ring. */
  readonly leaseMs: number
  readonly clock: Clock
  readonly log: Log
}

export type SeatOffer = RingPhone & {
  readonly call: Call
  /** The seat answered; from here on nothing may be played to the caller. */
  readonly onAnswer: () => void
}

/**
 * `connected`: they hear each other. `gone`: the caller did not wait. `failed`: the caller is still there and needs
 * another seat.
 */
export type OfferEnd =
  | { readonly kind: 'connected'; readonly leg: Call }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string }

/** One offer of a caller to a seat, from ring to bridge. The phone is rung before the promise is returned. */
export async function runOffer(offer: SeatOffer): Promise<OfferEnd> {
  const { call, gone, clock, log } = offer
  let leg: Call | undefined
  try {
    leg = await answerOf(offer)
    offer.onAnswer()
    await bridgeLegs(clock, call, leg)
    if (leg.signal.aborted) throw offerFault('seat-hung-up', 'a seat that hung up as it answered')
    if (!gone.aborted) return { kind: 'connected', leg }
    await hangUp(leg, log)
    return { kind: 'gone' }
  } catch (error) {
    if (leg) await hangUp(leg, log)
    return gone.aborted ? { kind: 'gone' } : { kind: 'failed', reason: reasonOf(error) }
  }
}

/**
 * Resolves with the seat's answer; rejects as soon as the lease is over or the caller gone, whatever the line does
 * then.
 */
export function answerOf({ gone, ring, leaseMs, clock, log }: RingPhone): Promise<Call> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController()
    const settle = () => {
      endLease()
      gone.removeEventListener('abort', onGone)
    }
    const giveUp = (reason: Fault) => {
      settle()
      reject(reason)
      stop.abort(reason)
    }
    const onGone = () => giveUp(offerFault('cancelled', 'a caller who left'))
    const endLease = clock.after(leaseMs, () => giveUp(offerFault('no-answer', 'a phone that rings')))
    gone.addEventListener('abort', onGone, { once: true })
    const ringing = async () => ring(stop.signal)
    ringing().then(
      seatCall => {
        settle()
        // The seat answered just as the offer was given up.
        if (stop.signal.aborted) void hangUp(seatCall, log)
        else resolve(seatCall)
      },
      error => {
        settle()
        reject(error)
      },
    )
  })
}

const offerFault = (code: DeskFaultCode, found: string) =>
  new Fault({ code, place: 'offer', found, expected: 'a conversation' })
