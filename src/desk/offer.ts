import { type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Call, CallId } from '../telephony/index.ts'

/** A bridge is a copy in one worker; one that takes longer will not come. */
const bridgeMs = 2_000

export type Offer = {
  readonly call: Call
  /** Aborts when the caller hung up or left the line. */
  readonly gone: AbortSignal
  /** Makes the seat's phone ring, until the signal aborts. */
  readonly ring: (signal: AbortSignal) => Promise<Call>
  /** How long it may ring. */
  readonly leaseMs: number
  /** The seat answered; from here on nothing may be played to the caller. */
  readonly onAnswer: () => void
  /** They hear each other. */
  readonly onConnect: (seatCall: CallId) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * `served`: they talked, and both legs are over. `gone`: the caller did not wait. `failed`: the caller is still there
 * and needs another seat.
 */
export type OfferEnd =
  | { readonly kind: 'served' | 'gone' }
  | { readonly kind: 'failed'; readonly reason: string }

/** One caller and one seat, from the ring to the last BYE. The phone is rung before this returns its promise. */
export async function runOffer(offer: Offer): Promise<OfferEnd> {
  const { call, gone, log } = offer
  let seatCall: Call | undefined
  try {
    seatCall = await answerOf(offer)
    offer.onAnswer()
    await bridge(offer, seatCall)
    if (gone.aborted) return { kind: 'gone' }
    offer.onConnect(seatCall.id)
    const end = await Promise.race([call.ended, seatCall.ended])
    // A phone that broke is not one that hung up: its caller still wants a person.
    if (!call.signal.aborted && end.by === 'failure') return { kind: 'failed', reason: `seat-${end.reason}` }
    await hangUp(call, log)
    return { kind: 'served' }
  } catch (error) {
    return gone.aborted ? { kind: 'gone' } : { kind: 'failed', reason: reasonOf(error) }
  } finally {
    if (seatCall) await hangUp(seatCall, log)
  }
}

/** The seat's answer, or a rejection as soon as the lease is over or the caller gone, whatever the line does then. */
function answerOf({ gone, ring, leaseMs, clock, log }: Offer): Promise<Call> {
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
        // It answered in the moment it was given up.
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

async function bridge({ call, clock }: Offer, seatCall: Call): Promise<void> {
  const late = () => offerFault('bridge-failed', `no bridge within ${bridgeMs} ms`)
  await withDeadline(clock, bridgeMs, call.bridge(seatCall), late)
  if (seatCall.signal.aborted) throw offerFault('seat-hung-up', 'a seat that hung up as it answered')
}

async function hangUp(call: Call, log: Log): Promise<void> {
  try {
    await call.hangup()
  } catch (error) {
    log.warn({ call: call.id, reason: reasonOf(error) }, 'hanging up failed')
  }
}

const offerFault = (code: string, found: string) =>
  new Fault({ code, place: 'offer', found, expected: 'a conversation' })
