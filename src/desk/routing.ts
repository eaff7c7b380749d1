import { type Clock, type Id, type Log, reasonOf } from '../foundation/index.ts'
import type { Call, CallId, Journal } from '../telephony/index.ts'
import type { Conversations, TalkEnd } from './conversations.ts'
import type { Offer } from './decision.ts'
import { type OfferEnd, runOffer, type SeatRing } from './offer.ts'
import { createPlaces } from './places.ts'
import { headMs, isCallback, rankOf } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import { createQueueSeats } from './queue-seats.ts'
import type { QueueStore } from './queue-store.ts'
import { createRedials } from './redials.ts'
import type { Seat } from './seat.ts'
import type { Seats } from './seats.ts'
import { insistMs } from './skills.ts'
import { createTelling } from './telling.ts'
import {
  createVisit,
  type DeskVisit,
  type KeptCaller,
  type KeptFor,
  type QueueEnd,
  type QueueOptions,
} from './visit.ts'
import { createWaitEstimate } from './wait-estimate.ts'
import { createWatchdog } from './watchdog.ts'

export type RoutingOptions = {
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
  readonly rules: QueueRules
  /** It is the turn of somebody who is owed a callback, and a seat is held for them. */
  readonly leads: (callback: Id<'back'>, seat: string) => Promise<void>
  /** Told when another number of callers waits. */
  readonly onQueue: (waiting: number) => void
}

/** Brings callers and seats together as the decision says, the moment anything changes. */
export function createRouting(options: RoutingOptions) {
  const { clock, log, journal, seats, conversations, ringSeat, leaseMs, wrapUpMs, store, rules, leads } =
    options
  const visits = new Map<CallId, DeskVisit>()
  /** Callers who are in a flow, and whose seat waits for them. */
  const keeping = new Map<CallId, KeptFor>()
  const ends: Record<QueueEnd, number> = { served: 0, abandoned: 0, left: 0, full: 0, failed: 0 }
  /** Of callers who may come back to the queue in the same call, the INVITE that counts. */
  const since = new WeakMap<Call, number>()
  const redials = createRedials(clock, rules.redialMs)
  const estimate = createWaitEstimate()
  let waiting = 0
  let waitingTold = 0
  let failedOffers = 0
  let isClosed = false
  let isMatching = false
  let isStale = false

  const queueSeats = createQueueSeats()
  const signedIn = queueSeats.all
  const isWaiting = ({ phase }: DeskVisit) => phase === 'waiting'
  const told = (error: unknown) => log.error({ reason: reasonOf(error) }, 'the queue failed')
  const telling = createTelling({ clock, log, rules, estimate, seats: signedIn })
  const places = createPlaces({
    clock,
    queue: store.waiting,
    onError: told,
    tell(id, place) {
      const visit = isCallback(id) ? undefined : visits.get(id)
      if (visit && isWaiting(visit)) telling.tell(visit, place)
    },
  })
  const watchdog = createWatchdog({
    clock,
    log,
    rules,
    queue: store.waiting,
    seats: signedIn,
    onOverlooked: match,
  })

  /** Every ready seat gets a caller whom it may serve. What changes while the queue decides is another round. */
  function match() {
    isStale = true
    if (!isMatching) decideAll().catch(told)
  }

  async function decideAll() {
    isMatching = true
    try {
      while (isStale) {
        isStale = false
        for (const offer of await store.offer(signedIn(), clock.now())) begin(offer)
      }
    } finally {
      isMatching = false
    }
    changed()
  }

  function setPhase(visit: DeskVisit, phase: DeskVisit['phase']) {
    waiting += Number(phase === 'waiting') - Number(isWaiting(visit))
    visit.phase = phase
  }

  /** Who waits, or where, is another than before. */
  function changed() {
    if (!isClosed) {
      watchdog.watch(waiting > 0)
      places.changed()
    }
    if (waitingTold === waiting) return
    waitingTold = waiting
    options.onQueue(waiting)
  }

  function begin({ id, seat }: Offer) {
    const visit = isCallback(id) ? undefined : visits.get(id)
    if (!isCallback(id) && (!visit || !isWaiting(visit))) return
    // It was taken, or went away, while the queue decided.
    if (seats.find(seat)?.state !== 'ready') {
      isStale = true
      return void store.putBack(id).catch(told)
    }
    if (visit) void offer(visit, seat).catch(told)
    else if (isCallback(id)) void hold(id, seat).catch(told)
  }

  /** Whoever it is has no line yet: the seat is theirs before they are rung. */
  async function hold(id: Id<'back'>, seat: string) {
    seats.offer(seat)
    await leads(id, seat).finally(() => store.leave(id))
  }

  async function offer(visit: DeskVisit, name: string) {
    const { call, gone } = visit
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
      gone: gone.signal,
      ring: signal => ringSeat({ seat: { name, contact }, near: call, reason, signal }),
      onAnswer() {
        estimate.left('answered', clock.now() - visit.queuedMs)
        setPhase(visit, 'talking')
        store.leave(call.id).catch(told)
        telling.answered(visit)
        changed()
      },
    })
    if (end.kind !== 'connected') return afterOffer(visit, name, end)
    // Whoever is owed a callback, and is with us, has it by this.
    if (about?.kind === 'callback')
      journal.write(call.id, { kind: 'called-back', seat: name, callback: about.id })
    const talked = await conversations.run({ call, reason, about }, name, end.leg)
    estimate.handled(clock.monotonicMs() - startedMs + (wrapUpMs ?? 0))
    afterTalk(visit, talked)
  }

  function afterOffer(visit: DeskVisit, seat: string, end: Exclude<OfferEnd, { kind: 'connected' }>) {
    conversations.stopsRinging(seat)
    if (end.kind === 'gone') {
      finish(visit, howGone(visit))
      return seats.release(seat)
    }
    goBack(visit, seat, end.reason)
    seats.missed(seat, end.reason)
    match()
  }

  function afterTalk(visit: DeskVisit, end: TalkEnd) {
    if (end.kind === 'served') finish(visit, 'served')
    else goBack(visit, end.seat, end.reason)
  }

  /** Their seat is gone, and they are not: back to the queue. */
  function goBack(visit: DeskVisit, seat: string, reason: string) {
    failedOffers++
    journal.write(visit.call.id, { kind: 'offer-failed', seat, reason })
    // Who was to leave while they talked leaves now, and whoever queued them goes on with them.
    if (visit.gone.signal.aborted) return finish(visit, howGone(visit))
    if (isWaiting(visit)) store.putBack(visit.call.id).then(match, told)
    else enter(visit, true).catch(told)
  }

  /** Into the queue, or back to where their INVITE puts them. */
  async function enter(visit: DeskVisit, isAgain: boolean) {
    const { call, sinceMs } = visit
    const { priority = 0, skills = [], isFirst } = visit.options
    setPhase(visit, 'entering')
    const rankMs = isFirst ? headMs : rankOf(sinceMs, priority, rules)
    const isRedial = sinceMs !== call.invitedAtMs
    const place = await store.enter({ id: call.id, sinceMs, rankMs, skills }, isAgain || isRedial)
    if (!visits.has(call.id)) return store.leave(call.id)
    if (place === undefined) return finish(visit, 'full')
    setPhase(visit, 'waiting')
    const kept = keeping.get(call.id)
    keeping.delete(call.id)
    if (kept && seats.find(kept.seat)?.state === 'ready' && (await store.move(call.id, kept.seat)))
      visit.kept = kept
    // They may have left meanwhile, and were noted as gone.
    if (!visits.has(call.id)) return
    if (!isAgain) journal.write(call.id, { kind: 'queued', place, sinceMs: isRedial ? sinceMs : undefined })
    for (const skill of skills) widenLater(visit, skill)
    telling.tell(visit, place)
    match()
  }

  /** The moment a skill is no longer insisted on, other seats may serve them. */
  function widenLater({ sinceMs, gone }: DeskVisit, skill: string) {
    const delayMs = sinceMs + insistMs(skill, rules) - clock.now()
    if (delayMs < 0) return
    const cancel = clock.after(delayMs, match)
    gone.signal.addEventListener('abort', cancel, { once: true })
  }

  function depart(visit: DeskVisit) {
    visit.gone.abort(over)
    // Who talks, or was answered just now: the offer tells how that ends.
    if (visit.phase === 'talking') return
    store.leave(visit.call.id).catch(told)
    finish(visit, howGone(visit))
  }

  function finish(visit: DeskVisit, how: QueueEnd) {
    const { call, gone } = visit
    if (!visits.delete(call.id)) return
    setPhase(visit, 'gone')
    gone.abort(over)
    ends[how]++
    if (how !== 'served') journal.write(call.id, { kind: 'left-line', reason: how })
    if (how === 'abandoned') {
      estimate.left('gave-up', clock.now() - visit.queuedMs)
      redials.lost({ number: call.caller, sinceMs: visit.sinceMs, lostAtMs: clock.now() })
    }
    visit.finish(how)
    changed()
  }

  const howGone = ({ call }: DeskVisit): QueueEnd =>
    isClosed ? 'failed' : call.signal.aborted ? 'abandoned' : 'left'

  function refuse(call: Call, how: QueueEnd): Promise<QueueEnd> {
    ends[how]++
    journal.write(call.id, { kind: 'left-line', reason: how })
    return Promise.resolve(how)
  }

  const sinceOf = (call: Call) => {
    const sinceMs = since.get(call) ?? redials.claim(call.caller) ?? call.invitedAtMs
    since.set(call, sinceMs)
    return sinceMs
  }

  return {
    /** A seat is another than before. */
    seatChanged(name: string, seat: Seat | undefined) {
      queueSeats.follow(name, seat)
      if (seat?.state === 'ready') match()
    },
    lost: redials.lost,
    /** Others are owed a callback than before. */
    match,

    /** A caller who is here already goes on with the visit they have. */
    queue(call: Call, options: QueueOptions): Promise<QueueEnd> {
      const present = visits.get(call.id)
      if (present) return present.end
      if (isClosed) return refuse(call, 'failed')
      if (call.signal.aborted) return refuse(call, 'abandoned')
      if (options.signal?.aborted) return refuse(call, 'left')

      const visit = createVisit(call, options, sinceOf(call), clock.now())
      visits.set(call.id, visit)
      for (const signal of [call.signal, options.signal])
        signal?.addEventListener('abort', () => depart(visit), { once: true, signal: visit.gone.signal })
      enter(visit, false).catch(error => {
        told(error)
        finish(visit, 'failed')
      })
      return visit.end
    },

    /** To the head of the queue, or to a seat. @returns false when they do not wait, or a seat rings for them */
    async move(call: CallId, { seat, by }: { readonly seat?: string; readonly by?: string }) {
      if (!(await store.move(call, seat))) return false
      journal.write(call, { kind: 'moved', seat, by })
      match()
      return true
    },

    /** Somebody whom this seat would ring is with us: they are its before all others, where they wait or once they do. */
    async keep(call: Call, kept: KeptFor): Promise<KeptCaller> {
      const visit = visits.get(call.id)
      if (!visit) {
        keeping.set(call.id, kept)
        call.signal.addEventListener('abort', () => keeping.delete(call.id), { once: true })
        return { kind: 'elsewhere' }
      }
      if (!(await store.move(call.id, kept.seat))) return { kind: 'with-another' }
      visit.kept = kept
      return { kind: 'kept', end: visit.end }
    },

    figures: () => ({
      waiting,
      waitingSinceMs:
        waiting === 0
          ? undefined
          : Math.min(...[...visits.values()].filter(isWaiting).map(({ sinceMs }) => sinceMs)),
      ends: { ...ends },
      failedOffers,
      wait: estimate.figures(),
      watchdog: watchdog.figures(),
    }),

    close() {
      isClosed = true
      for (const visit of [...visits.values()]) if (visit.phase !== 'talking') depart(visit)
      places.close()
      watchdog.watch(false)
    },
  }
}

/** Why a visit's own signal aborts; an error of its own each time would be the dearest part of a call. */
const over = 'the visit is over'
