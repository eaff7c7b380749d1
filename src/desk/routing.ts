import { type Id, reasonOf } from '../foundation/index.ts'
import type { Call, CallId } from '../telephony/index.ts'
import type { Offer } from './decision.ts'
import { createMatching } from './matching.ts'
import { createOffering, type OfferingOptions } from './offering.ts'
import { createPlaces } from './places.ts'
import { headMs, isCallback, rankOf } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import { createQueueSeats } from './queue-seats.ts'
import { createRedials } from './redials.ts'
import type { Seat } from './seat.ts'
import { insistMs } from './skills.ts'
import { createSuccession } from './succession.ts'
import { createTelling } from './telling.ts'
import type { DeskVisit, KeptCaller, KeptFor, QueueEnd, QueueOptions } from './visit.ts'
import { createVisits, isWaiting, over } from './visits.ts'
import { createWaitEstimate } from './wait-estimate.ts'
import { createWatchdog } from './watchdog.ts'

export type RoutingOptions = Pick<
  OfferingOptions,
  'clock' | 'log' | 'journal' | 'seats' | 'conversations' | 'ringSeat' | 'leaseMs' | 'wrapUpMs' | 'store'
> & {
  readonly rules: QueueRules
  /** It is the turn of somebody who is owed a callback, and a seat is held for them. */
  readonly leads: (callback: Id<'back'>, seat: string) => Promise<void>
  /** Told when the number of waiting callers has changed. */
  readonly onQueue: (waiting: number) => void
}

/** Brings callers and seats together as `decide` says, as soon as anything changes. */
export function createRouting(options: RoutingOptions) {
  const { clock, log, journal, seats, store, rules } = options
  /** Callers who are still in a flow, and whose seat waits for them. */
  const keeping = new Map<CallId, KeptFor>()
  const redials = createRedials(clock, rules.redialMs)
  const estimate = createWaitEstimate()
  let waitingTold = 0
  let isClosed = false

  const queueSeats = createQueueSeats()
  const signedIn = queueSeats.all
  const told = (error: unknown) => log.error({ reason: reasonOf(error) }, 'the queue failed')
  const visits = createVisits({ clock, journal, redials, estimate, onChange: changed })
  const telling = createTelling({ clock, log, rules, estimate, seats: signedIn })
  const places = createPlaces({
    clock,
    rules,
    queue: store.waiting,
    onError: told,
    tell(id, place) {
      const visit = isCallback(id) ? undefined : visits.find(id)
      if (visit && isWaiting(visit)) telling.tell(visit, place)
    },
  })
  /** Gives every ready seat a caller whom it may serve. */
  const match = createMatching(
    async () => {
      for (const offer of await store.offer(signedIn(), clock.now())) begin(offer)
    },
    changed,
    told,
  )
  const watchdog = createWatchdog({
    clock,
    log,
    rules,
    queue: store.waiting,
    seats: signedIn,
    onOverlooked: match,
  })
  const offering = createOffering({
    ...options,
    visits,
    estimate,
    telling,
    match,
    enterAgain: visit => void enter(visit, true).catch(told),
    onQueue: changed,
    onError: told,
  })

  const succeed = createSuccession({
    clock,
    visits,
    store,
    enterAgain: visit => enter(visit, true),
    onTaken: ({ call, sinceMs }, place) => journal.write(call.id, { kind: 'queued', place, sinceMs }),
  })

  /** Who waits, or where, has changed. */
  function changed() {
    const waiting = visits.waiting()
    if (!isClosed) {
      watchdog.watch(waiting > 0)
      places.changed()
    }
    if (waitingTold === waiting) return
    waitingTold = waiting
    options.onQueue(waiting)
  }

  function begin({ id, seat }: Offer) {
    const visit = isCallback(id) ? undefined : visits.find(id)
    if (!isCallback(id) && (!visit || !isWaiting(visit))) return
    // The seat was taken or left while the queue decided.
    if (seats.find(seat)?.state !== 'ready') {
      match()
      return void store.putBack(id).catch(told)
    }
    if (visit) offering.begin(visit, seat)
    else if (isCallback(id)) void hold(id, seat).catch(told)
  }

  /** They have no line yet, so the seat is held for them before they are rung. */
  async function hold(id: Id<'back'>, seat: string) {
    seats.offer(seat)
    await options.leads(id, seat).finally(() => store.leave(id))
  }

  /** Puts a caller into the queue, or back at the place of their INVITE. */
  async function enter(visit: DeskVisit, isAgain: boolean) {
    const { call, sinceMs } = visit
    const { skills = [], isFirst } = visit.options
    visits.setPhase(visit, 'entering')
    const rankMs = isFirst ? headMs : rankNow(visit)
    const isRedial = sinceMs !== call.invitedAtMs
    const place = await store.enter({ id: call.id, sinceMs, rankMs, skills }, isAgain || isRedial)
    if (!visits.isHere(visit)) return store.leave(call.id)
    if (place === undefined) return visits.finish(visit, 'full')
    visits.setPhase(visit, 'waiting')
    const kept = keeping.get(call.id)
    keeping.delete(call.id)
    if (kept && seats.find(kept.seat)?.state === 'ready' && (await store.move(call.id, kept.seat)))
      visit.kept = kept
    // They may have left meanwhile, and that has been noted already.
    if (!visits.isHere(visit)) return
    if (!isAgain) journal.write(call.id, { kind: 'queued', place, sinceMs: isRedial ? sinceMs : undefined })
    for (const skill of skills) widenLater(visit, skill)
    if (!isFirst) raiseLater(visit)
    if (!isFirst) yieldNoMore(visit)
    telling.tell(visit, place)
    if (!isAgain) succeed(visit).catch(told)
    match()
  }

  /** From when their priority counts; later for one that any caller may ask for. */
  const countsFromMs = ({ sinceMs, options: { isClaimed } }: DeskVisit) =>
    isClaimed ? sinceMs + rules.claimMs : sinceMs

  const priorityNow = (visit: DeskVisit) =>
    countsFromMs(visit) <= clock.now() ? (visit.options.priority ?? 0) : 0

  const rankNow = (visit: DeskVisit) => {
    const { yields } = visit.options
    const points = yields === undefined || yields.until.aborted ? 0 : yields.points
    return rankOf(visit.sinceMs, priorityNow(visit) - points, rules)
  }

  const raise = (visit: DeskVisit) => void store.raise(visit.call.id, rankNow(visit)).then(changed, told)

  function raiseLater(visit: DeskVisit) {
    const delayMs = countsFromMs(visit) - clock.now()
    if (delayMs <= 0) return
    const cancel = clock.after(delayMs, () => raise(visit))
    visit.gone.signal.addEventListener('abort', cancel, { once: true })
  }

  function yieldNoMore(visit: DeskVisit) {
    const until = visit.options.yields?.until
    // The signal may have aborted while they entered the queue.
    if (until?.aborted) raise(visit)
    until?.addEventListener('abort', () => raise(visit), { once: true, signal: visit.gone.signal })
  }

  /** As soon as a skill is no longer insisted on, other seats may serve them. */
  function widenLater({ sinceMs, gone }: DeskVisit, skill: string) {
    const delayMs = sinceMs + insistMs(skill, rules) - clock.now()
    if (delayMs < 0) return
    const cancel = clock.after(delayMs, match)
    gone.signal.addEventListener('abort', cancel, { once: true })
  }

  function depart(visit: DeskVisit) {
    visit.gone.abort(over)
    // They talk, or were answered just now: the offer finishes the visit.
    if (visit.phase === 'talking') return
    store.leave(visit.call.id).catch(told)
    visits.finish(visit, visits.howGone(visit))
  }

  return {
    /** A seat has changed. */
    seatChanged(name: string, seat: Seat | undefined) {
      queueSeats.follow(name, seat)
      if (seat?.state === 'ready') match()
    },
    lost: redials.lost,
    /** The people who are owed a callback have changed. */
    match,

    /** A caller who is here already goes on with the visit they have. */
    queue(call: Call, wanted: QueueOptions): Promise<QueueEnd> {
      const present = visits.find(call.id)
      if (present) return present.end
      if (isClosed) return visits.refuse(call, 'failed')
      if (call.signal.aborted) return visits.refuse(call, 'abandoned')
      if (wanted.signal?.aborted) return visits.refuse(call, 'left')

      const visit = visits.begin(call, wanted)
      for (const signal of [call.signal, wanted.signal])
        signal?.addEventListener('abort', () => depart(visit), { once: true, signal: visit.gone.signal })
      enter(visit, false).catch(error => {
        told(error)
        visits.finish(visit, 'failed')
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

    /** Keeps a caller for the seat that would ring them, before all others: now when they wait, else once they do. */
    async keep(call: Call, kept: KeptFor): Promise<KeptCaller> {
      const visit = visits.find(call.id)
      if (!visit) {
        keeping.set(call.id, kept)
        call.signal.addEventListener('abort', () => keeping.delete(call.id), { once: true })
        return { kind: 'elsewhere' }
      }
      if (!(await store.move(call.id, kept.seat))) return { kind: 'with-another' }
      visit.kept = kept
      return { kind: 'kept', end: visit.end }
    },

    /** How long a seat has had a caller, of late. */
    handlingMs: estimate.handlingMs,

    figures: () => ({
      ...visits.figures(),
      failedOffers: offering.failed(),
      wait: estimate.figures(),
      watchdog: watchdog.figures(),
    }),

    close() {
      isClosed = true
      visits.close()
      for (const visit of visits.all()) if (visit.phase !== 'talking') depart(visit)
      places.close()
      watchdog.watch(false)
    },
  }
}
