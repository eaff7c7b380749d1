import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Call, CallId, Journal } from '../telephony/index.ts'
import type { Conversations, TalkEnd } from './conversations.ts'
import { type OfferEnd, runOffer, type SeatRing } from './offer.ts'
import { type CallQueue, join, leave, nextToOffer, setOffered } from './queue.ts'
import type { Seat } from './seat.ts'
import type { Seats } from './seats.ts'

/**
 * `served`: they talked, and both legs are over. `abandoned`: the caller hung up first. `left`: by the signal.
 * `full`: the queue has no place. `failed`: the desk closes.
 */
export type QueueEnd = 'served' | 'abandoned' | 'left' | 'full' | 'failed'

export type QueueOptions = {
  /** Why they come, for whoever answers. */
  readonly reason: string
  /** Higher is served first; 0 when absent. */
  readonly priority?: number
  /** Told at each change: from 1 on while they wait, 0 once a seat answered, when nothing may be played any more. */
  readonly onPlace?: (place: number) => void
  /** Leaves the queue, unless they talk already. */
  readonly signal?: AbortSignal
}

export type RoutingOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly seats: Seats
  readonly conversations: Conversations
  readonly ringSeat: (ring: SeatRing) => Promise<Call>
  /** How long a seat rings before the caller is offered to another. */
  readonly leaseMs: number
  /** Callers that may wait at once. */
  readonly capacity: number
  /** Told when another number of callers waits. */
  readonly onQueue: (waiting: number) => void
}

/** A caller's time at the desk. */
type Visit = {
  readonly call: Call
  readonly options: QueueOptions
  /** Aborted when they hang up, leave, or are done. */
  readonly gone: AbortController
  readonly end: Promise<QueueEnd>
  readonly finish: (how: QueueEnd) => void
  /** As last told. */
  place: number | undefined
}

/** Brings whoever has waited longest to whoever has been idle longest, as soon as there are both. */
export function createRouting(options: RoutingOptions) {
  const { clock, log, journal, seats, conversations, ringSeat, leaseMs, capacity, onQueue } = options
  const visits = new Map<CallId, Visit>()
  const ends: Record<QueueEnd, number> = { served: 0, abandoned: 0, left: 0, full: 0, failed: 0 }
  let queue: CallQueue = []
  let waitingTold = 0
  let failedOffers = 0
  let isClosed = false

  /** Every ready seat gets a caller, every phone rings, before this returns. */
  function match() {
    for (;;) {
      const next = nextToOffer(queue)
      const visit = next && visits.get(next.call)
      const seat = seats.next()
      if (!visit || !seat) break
      void offer(visit, seat)
    }
    tellPlaces()
  }

  async function offer(visit: Visit, { name, contact = '' }: Seat) {
    const { call, gone } = visit
    const { reason } = visit.options
    queue = setOffered(queue, call.id)
    seats.offer(name, call.id)
    journal.write(call.id, { kind: 'offered', seat: name })
    conversations.rings(name, { call, reason })
    const end = await runOffer({
      call,
      clock,
      log,
      leaseMs,
      gone: gone.signal,
      ring: signal => ringSeat({ seat: { name, contact }, near: call, reason, signal }),
      onAnswer() {
        queue = leave(queue, call.id)
        tell(visit, 0)
        tellPlaces()
      },
    })
    if (end.kind === 'connected') afterTalk(visit, await conversations.run({ call, reason }, name, end.leg))
    else afterOffer(visit, name, end)
  }

  function afterOffer(visit: Visit, seat: string, end: Exclude<OfferEnd, { kind: 'connected' }>) {
    conversations.stopsRinging(seat)
    if (end.kind === 'gone') {
      finish(visit, howGone(visit))
      return seats.release(seat)
    }
    goBack(visit, seat, end.reason)
    seats.rest(seat)
    match()
  }

  function afterTalk(visit: Visit, end: TalkEnd) {
    if (end.kind === 'served') return finish(visit, 'served')
    goBack(visit, end.seat, end.reason)
    match()
  }

  /** Their seat is gone, and they are not: back to the queue. */
  function goBack(visit: Visit, seat: string, reason: string) {
    failedOffers++
    journal.write(visit.call.id, { kind: 'offer-failed', seat, reason })
    // Who was to leave while they talked leaves now, and whoever queued them goes on with them.
    if (visit.gone.signal.aborted) finish(visit, howGone(visit))
    else enter(visit)
  }

  /** Into the queue, or back to where the INVITE puts them. */
  function enter({ call, options: { priority = 0 } }: Visit) {
    queue = join(leave(queue, call.id), { call: call.id, priority, invitedAtMs: call.invitedAtMs })
  }

  function depart(visit: Visit) {
    visit.gone.abort()
    // Who is in no queue talks, or was answered just now: the offer tells how that ends.
    if (placeOf(visit) === 0) return
    queue = leave(queue, visit.call.id)
    finish(visit, howGone(visit))
  }

  function finish(visit: Visit, how: QueueEnd) {
    if (!visits.delete(visit.call.id)) return
    visit.gone.abort()
    ends[how]++
    if (how !== 'served') journal.write(visit.call.id, { kind: 'left-line', reason: how })
    visit.finish(how)
    tellPlaces()
  }

  const howGone = ({ call }: Visit): QueueEnd =>
    isClosed ? 'failed' : call.signal.aborted ? 'abandoned' : 'left'

  /** From 1 on; 0 for who is in no queue. */
  const placeOf = ({ call }: Visit) => queue.findIndex(waiting => waiting.call === call.id) + 1

  function tellPlaces() {
    const told = queue
    if (waitingTold !== told.length) {
      waitingTold = told.length
      onQueue(waitingTold)
    }
    for (const [index, { call }] of told.entries()) {
      // Whoever was told may have left, and then all have been told anew.
      if (queue !== told) return
      const visit = visits.get(call)
      if (visit) tell(visit, index + 1)
    }
  }

  function tell(visit: Visit, place: number) {
    if (visit.place === place) return
    visit.place = place
    try {
      visit.options.onPlace?.(place)
    } catch (error) {
      log.error({ call: visit.call.id, reason: reasonOf(error) }, 'telling a place failed')
    }
  }

  function refuse(call: Call, how: QueueEnd): Promise<QueueEnd> {
    ends[how]++
    journal.write(call.id, { kind: 'left-line', reason: how })
    return Promise.resolve(how)
  }

  return {
    match,

    /** A caller who is here already goes on with the visit they have. */
    queue(call: Call, options: QueueOptions): Promise<QueueEnd> {
      const present = visits.get(call.id)
      if (present) return present.end
      if (isClosed) return refuse(call, 'failed')
      if (call.signal.aborted) return refuse(call, 'abandoned')
      if (options.signal?.aborted) return refuse(call, 'left')
      if (queue.length >= capacity) return refuse(call, 'full')

      const visit = createVisit(call, options)
      visits.set(call.id, visit)
      for (const signal of [call.signal, options.signal])
        signal?.addEventListener('abort', () => depart(visit), { once: true, signal: visit.gone.signal })
      enter(visit)
      journal.write(call.id, { kind: 'queued', place: placeOf(visit) })
      match()
      return visit.end
    },

    figures: () => ({
      waiting: queue.length,
      waitingSinceMs: queue[0] ? Math.min(...queue.map(({ invitedAtMs }) => invitedAtMs)) : undefined,
      ends: { ...ends },
      failedOffers,
    }),

    close() {
      isClosed = true
      for (const { call } of queue) {
        const visit = visits.get(call)
        if (visit) depart(visit)
      }
    },
  }
}

function createVisit(call: Call, options: QueueOptions): Visit {
  let finish: (how: QueueEnd) => void = () => undefined
  const end = new Promise<QueueEnd>(resolve => {
    finish = resolve
  })
  return { call, options, gone: new AbortController(), end, finish, place: undefined }
}
