import type { Clock, Log } from '../foundation/index.ts'
import type { Call, Journal } from '../telephony/index.ts'
import type { Conversations } from './conversations.ts'
import { runOffer, type SeatRing } from './offer.ts'
import type { QueueStore } from './queue-store.ts'
import type { Seats } from './seats.ts'
import type { Telling } from './telling.ts'
import type { DeskVisit } from './visit.ts'
import { isWaiting, type Visits } from './visits.ts'
import type { WaitEstimate } from './wait-estimate.ts'

export type OfferingOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly seats: Seats
  readonly conversations: Conversations
  readonly ringSeat: (ring: SeatRing) => Promise<Call>
  /** How long a seat rings before the caller is offered to another. */
  readonly leaseMs: number
  readonly wrapUpMs: number | undefined
  readonly store: QueueStore
  readonly visits: Visits
  readonly estimate: WaitEstimate
  readonly telling: Telling
  /** Told when the waiting callers or the free seats have changed. */
  readonly match: () => void
  /** A caller whose conversation broke waits again, at the place of their INVITE. */
  readonly enterAgain: (visit: DeskVisit) => void
  readonly onQueue: () => void
  readonly onError: (error: unknown) => void
}

/** Carries out offers: the seat rings, they talk, and the caller is then done or back in the queue. */
export function createOffering(options: OfferingOptions) {
  const { clock, log, journal, seats, conversations, leaseMs, store, visits, estimate, match, onError } =
    options
  let failed = 0

  async function offer(visit: DeskVisit, name: string) {
    const { call } = visit
    const kept = visit.kept?.seat === name ? visit.kept : undefined
    const { reason, about } = kept
      ? { reason: 'callback', about: { kind: 'callback' as const, id: kept.callback } }
      : visit.options
    const startedMs = clock.monotonicMs()
    const contact = seats.find(name)?.contact ?? ''
    seats.offer(name, call.id)
    journal.write(call.id, { kind: 'offered', seat: name })
    conversations.rings(name, { call, reason, about })
    const end = await runOffer({
      call,
      clock,
      log,
      leaseMs,
      gone: visit.gone.signal,
      ring: signal => options.ringSeat({ seat: { name, contact }, near: call, reason, signal }),
      onAnswer: () => answered(visit),
    })
    if (end.kind !== 'connected') {
      conversations.stopsRinging(name)
      return end.kind === 'gone' ? callerLeft(visit, name) : seatMissed(visit, name, end.reason)
    }
    // A caller who is owed a callback and rang us has been called back by this.
    if (about?.kind === 'callback')
      journal.write(call.id, { kind: 'called-back', seat: name, callback: about.id })
    const talked = await conversations.run({ call, reason, about }, name, end.leg)
    estimate.handled(clock.monotonicMs() - startedMs + (options.wrapUpMs ?? 0))
    if (talked.kind === 'served') visits.finish(visit, 'served')
    else goBack(visit, talked.seat, talked.reason)
  }

  function answered(visit: DeskVisit) {
    estimate.left('answered', clock.now() - visit.queuedMs)
    visits.setPhase(visit, 'talking')
    store.leave(visit.call.id).catch(onError)
    options.telling.answered(visit)
    options.onQueue()
  }

  function callerLeft(visit: DeskVisit, seat: string) {
    visits.finish(visit, visits.howGone(visit))
    seats.release(seat)
  }

  function seatMissed(visit: DeskVisit, seat: string, reason: string) {
    goBack(visit, seat, reason)
    seats.missed(seat, reason)
    match()
  }

  /** The seat is gone and the caller is not: back to the queue. */
  function goBack(visit: DeskVisit, seat: string, reason: string) {
    failed++
    journal.write(visit.call.id, { kind: 'offer-failed', seat, reason })
    // A caller told to leave while they talked leaves now, and the code that queued them goes on with them.
    if (visit.gone.signal.aborted) visits.finish(visit, visits.howGone(visit))
    else if (isWaiting(visit)) store.putBack(visit.call.id).then(match, onError)
    else options.enterAgain(visit)
  }

  return {
    begin: (visit: DeskVisit, seat: string): void => void offer(visit, seat).catch(onError),
    failed: () => failed,
  }
}
