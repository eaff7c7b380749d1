import {
  type Clock,
  createEvents,
  type Events,
  Fault,
  type Log,
  type Off,
  reasonOf,
} from '../foundation/index.ts'
import type { Database, WriteBehindFigures } from '../storage/index.ts'
import type { Call, CallId } from '../telephony/index.ts'
import type {
  AsideReason,
  BreakReason,
  OutgoingView,
  SeatChange,
  SeatSpell,
  SeatSpellQuery,
  SeatState,
  SeatView,
} from './api.ts'
import { type ConversationsOptions, createConversations } from './conversations.ts'
import { createLeading, type LedQueue, type TakeCallback } from './leading.ts'
import { createOutgoing, type OutgoingCall, type OutgoingEnd, type OutgoingOptions } from './outgoing.ts'
import { type CallQueue, isAhead, type Waiting } from './queue.ts'
import { ordinaryRules, type QueueRules } from './queue-rules.ts'
import { createMemoryQueue } from './queue-stores/memory.ts'
import type { LostPlace } from './redials.ts'
import { createRouting, type RoutingOptions } from './routing.ts'
import { createSaver } from './saver.ts'
import { type Digest, onBreak, type Seat, type SeatSetup, viewOf } from './seat.ts'
import { type PresenceQuery, type SeatPresence, seatPresence } from './seat-presence.ts'
import { notReady } from './seat-refusals.ts'
import { createSpells } from './seat-spells.ts'
import { isBusy, seatMoves } from './seat-state.ts'
import { createSeats, type SeatsOptions } from './seats.ts'
import type { SeatTalk } from './talk.ts'
import type { KeptCaller, QueueEnd, QueueOptions } from './visit.ts'
import type { WaitFigures } from './wait-estimate.ts'
import type { WatchdogFigures } from './watchdog.ts'

export type DeskNotices = {
  /** A seat changed; without `view` it was removed. */
  readonly seat: { readonly name: string; readonly view?: SeatView }
  readonly queue: { readonly waiting: number }
  /** What a seat does with its caller changed. */
  readonly talk: { readonly seat: string }
  /** The citizen whom a seat rings changed. */
  readonly outgoing: { readonly seat: string }
}

export type DeskFigures = {
  readonly waiting: number
  /** The INVITE of the caller who has waited longest. */
  readonly waitingSinceMs?: number
  readonly seats: Readonly<Record<SeatState, number>>
  /** Since start. */
  readonly ends: Readonly<Record<QueueEnd, number>>
  readonly failedOffers: number
  /** The estimates of the wait that were told, and their errors. */
  readonly wait: WaitFigures
  /** Callers who waited although a seat was free. */
  readonly watchdog: WatchdogFigures
}

export type Desk = {
  seats(): readonly SeatView[]
  /**
   * Like most changes to seats, also throws `desk-elsewhere` when another node has the desk. @throws Fault
   * `seat-exists`, `contact-invalid`
   */
  addSeat(seat: SeatSetup): SeatView
  /** Fields left out stay as they are. @throws Fault `seat-unknown`, `seat-number-taken`, `contact-invalid` */
  changeSeat(name: string, change: SeatChange): SeatView
  /** @throws Fault `seat-unknown`, `seat-busy` */
  removeSeat(name: string): void
  /** Ends a wrap-up; a call that has the seat goes on. @throws Fault `seat-unknown`, `seat-unreachable` */
  setReady(name: string): SeatView
  /** @throws Fault `seat-unknown` */
  setAway(name: string, reason?: BreakReason): SeatView
  /** Begins a shift on a break; changes nothing for a seat that is signed in. @throws Fault `seat-unknown` */
  signIn(name: string): SeatView
  /** @throws Fault `seat-unknown` */
  signOut(name: string): SeatView
  /** The agent has written their notes: the seat goes to its idle state. @throws Fault `seat-unknown` */
  finishWrapUp(name: string): SeatView
  /** Takes a seat out of service at which no call can be heard. @throws Fault `seat-unknown` */
  setAside(name: string, reason: AsideReason): SeatView
  /** A member opened the seat's page. @throws Fault `seat-unknown` */
  attend(name: string, member: string): void
  /** The spells of the seats, in the order in which they began; empty where seats are not saved. */
  spells(query: SeatSpellQuery): Promise<readonly SeatSpell[]>
  /** How many seats were staffed, in consecutive stretches of time; those in which nobody was are left out. */
  presence(stretches: PresenceQuery): Promise<readonly SeatPresence[]>
  /**
   * The digest that a registrar checks a phone's answer against; undefined for a seat that is unknown or does not
   * register.
   */
  credentials(name: string): Digest | undefined
  /** Where a seat's phone registered; undefined when it no longer is. @throws Fault `contact-invalid` */
  setContact(name: string, contact: string | undefined): void
  /** The caller that a seat rings for or talks to; undefined when none. */
  at(seat: string): SeatTalk | undefined
  /** Callers who talk on with somebody outside after their seat was lost: the seat, and since when. */
  unattended(): ReadonlyMap<CallId, { readonly seat: string; readonly sinceMs: number }>
  /** The citizen whom a seat rings now; undefined when none. */
  outgoing(seat: string): OutgoingView | undefined
  /**
   * Rings a citizen for a seat, whose phone rings first. @throws Fault `seat-unknown`, `seat-unreachable`,
   * `seat-not-ready`, `number-being-rung`
   */
  callOut(seat: string, out: OutgoingCall): Promise<OutgoingEnd>
  /**
   * Keeps a caller who is owed a callback, and is on the line already, for the seat that would ring them: it is
   * ready now, and is offered them before everybody else.
   * @throws Fault `seat-unknown`, `seat-unreachable`, `seat-not-ready`
   */
  keepFor(seat: string, callback: string, call: Call): Promise<KeptCaller>
  /** Takes a call from a citizen whom a seat is ringing, until it is over. @returns false for all other calls */
  meets(call: Call): Promise<boolean>
  /**
   * From now on the hotline leads callbacks: somebody who is owed one stands in the queue without a line. At their
   * turn a seat is held, asked as for a caller, and rings them.
   */
  leadCallbacks(take: TakeCallback): LedQueue
  /** @throws Fault `seat-unknown` */
  setSkills(name: string, skills: readonly string[]): SeatView
  /** Queues an answered call until it has talked to a seat or left. A free seat is rung at once. */
  queue(call: Call, options: QueueOptions): Promise<QueueEnd>
  /** Everyone who waits, the first in the queue first. */
  waiting(): Promise<CallQueue>
  /** Whether those behind this one count it for their place: callbacks with seats of their own count for none. */
  countsAhead(waiting: Pick<Waiting, 'isOwed'>): boolean
  /**
   * Lets a supervisor put a waiting caller at the head of the queue, or keep them for one seat for as long as it
   * takes calls.
   * @throws Fault `caller-not-waiting`, `seat-unknown`, `seat-away`
   */
  move(call: CallId, to: { readonly seat?: string; readonly by?: string }): Promise<void>
  readonly notices: Events<DeskNotices>
  figures(): DeskFigures
  /** How saving seats and their spells is going; empty where they are not saved. */
  saving(): readonly WriteBehindFigures[]
  /** Ends all waiting; conversations go on. Resolves once all seats are saved. */
  close(): Promise<void>
}

export type DeskOptions = Omit<
  RoutingOptions,
  'seats' | 'conversations' | 'onQueue' | 'store' | 'rules' | 'leads'
> &
  Pick<ConversationsOptions, 'music' | 'thirds' | 'showsListener' | 'onBegin'> &
  Pick<OutgoingOptions, 'callSeat'> &
  Omit<SeatsOptions, 'onChange' | 'onRecord'> & {
    readonly clock: Clock
    readonly log: Log
    /** Callers that may wait at once. */
    readonly capacity: number
    /** The city's rules of its queue; `ordinaryRules` when absent. */
    readonly rules?: QueueRules
    /** Callers who were cut off while they waited just before this start; nobody when absent. */
    readonly lostPlaces?: () => Promise<readonly LostPlace[]>
    /** Where seats are saved from one start to the next; nowhere when absent. */
    readonly database?: Database
    /** Whether this node has the desk; true when absent. */
    readonly holds?: () => boolean
    /** Tells when this node takes or loses the desk; never when absent. */
    readonly onHolding?: (told: (isHere: boolean) => void) => Off
  }

/** Opens with the saved seats. While the database is away it opens without them, and they come when it is back. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { database, clock, log, capacity, rules = ordinaryRules, lostPlaces, holds = () => true } = options
  let isRead = false
  const notices = createEvents<DeskNotices>(error =>
    log.error({ reason: reasonOf(error) }, 'listener failed'),
  )
  const saver =
    database &&
    createSaver({
      database,
      clock,
      log,
      onLoad: (seat, isOlder) => (isOlder ? seats.renumber(seat) : seats.restore(seat, isRead)),
    })
  const spells = database && createSpells({ database, clock, log, holds })
  const seats = createSeats({
    ...options,
    onChange(name, seat) {
      spells?.follow(name, seat)
      notices.emit('seat', { name, view: seat ? viewOf(seat) : undefined })
      routing.seatChanged(name, seat)
    },
    onRecord: (name, seat) => (holds() ? saver?.save(name, seat) : undefined),
  })
  const conversations = createConversations({
    ...options,
    seats,
    onTalk: seat => notices.emit('talk', { seat }),
  })
  const store = createMemoryQueue(capacity, rules)
  const routing = createRouting({
    ...options,
    rules,
    store,
    seats,
    conversations,
    leads: (callback, seat) => leading.turn(callback, seat),
    onQueue: waiting => notices.emit('queue', { waiting }),
  })
  const outgoing = createOutgoing({
    ...options,
    seats,
    conversations,
    queue: routing.queue,
    onOutgoing: seat => notices.emit('outgoing', { seat }),
  })
  const leading = createLeading({ seats, store, rules, callOut: outgoing.start, log })
  await saver?.load()
  isRead = true
  // Only the node that has the desk writes spells: a seat that is idle in another node's memory may be talking
  // here.
  const stopWatching = options.onHolding?.(isHere => {
    if (!isHere) return spells?.leave()
    // What another node wrote meanwhile is newer than what this node has in memory.
    const follow = () => {
      for (const seat of seats.all()) spells?.follow(seat.name, seat)
    }
    saver?.reload().then(follow, follow)
  })
  /** Refuses a change where another node has the desk, which would not learn of it. */
  const atDesk =
    <Given extends readonly unknown[], Came>(act: (...given: Given) => Came) =>
    (...given: Given): Came => {
      if (!holds()) throw elsewhere()
      return act(...given)
    }
  const recall = async () => {
    for (const place of (await lostPlaces?.()) ?? []) routing.lost(place)
  }
  recall().catch(error => log.warn({ reason: reasonOf(error) }, 'places of the last run are not known'))

  return {
    seats: () => seats.all().map(viewOf),
    addSeat: atDesk(seat => viewOf(seats.add(seat))),
    changeSeat: atDesk((name, change) => viewOf(seats.change(name, change))),
    removeSeat: atDesk(seats.remove),
    setReady: atDesk(name => viewOf(seats.stand(name, { kind: 'calls' }))),
    setAway: atDesk((name, reason = 'busy') => viewOf(seats.stand(name, onBreak(reason)))),
    signIn: atDesk(name => viewOf(seats.signIn(name))),
    signOut: atDesk(name => viewOf(seats.stand(name, { kind: 'signed-out' }))),
    finishWrapUp: name => viewOf(seats.done(name)),
    setAside: (name, reason) => viewOf(seats.setAside(name, reason)),
    attend: seats.attend,
    spells: async query => (await spells?.find(query)) ?? [],
    presence: async stretches => (database ? seatPresence(database, stretches) : []),
    credentials: name => seats.find(name)?.digest,
    setContact: seats.reach,
    at: conversations.at,
    unattended: conversations.unattended,
    outgoing: outgoing.at,
    callOut: async (seat, out) => atDesk(outgoing.start)(seat, out),
    keepFor: atDesk(async (seat, callback, call) => {
      if (isBusy(seats.get(seat).state)) throw notReady(seat)
      const kept = await routing.keep(call, { seat, callback })
      if (kept.kind !== 'with-another') seats.stand(seat, { kind: 'calls' })
      return kept
    }),
    meets: outgoing.meets,
    leadCallbacks(take) {
      leading.by(take)
      return {
        async owe(owed) {
          await leading.owe(owed)
          routing.match()
        },
        perMs: () => leading.perMs(routing.handlingMs()),
      }
    },
    setSkills: atDesk((name, skills) => viewOf(seats.setSkills(name, skills))),
    queue: routing.queue,
    waiting: store.waiting,
    countsAhead: waiting => isAhead(waiting, rules),
    async move(call, to) {
      if (to.seat !== undefined && seats.get(to.seat).standing.kind !== 'calls') throw seatAway(to.seat)
      if (!(await routing.move(call, to))) throw notWaiting(call)
    },
    notices,
    figures: () => ({ ...routing.figures(), seats: countStates(seats.all()) }),
    saving: () => [saver, spells].flatMap(writer => writer?.figures() ?? []),
    async close() {
      stopWatching?.()
      routing.close()
      seats.close()
      await saver?.close()
      await spells?.close()
    },
  }
}

const elsewhere = () =>
  new Fault({
    code: 'desk-elsewhere',
    place: 'desk',
    found: 'a node that does not have the desk now',
    expected: 'the one that has it, or that it takes over, within half a minute',
  })

const seatAway = (name: string) =>
  new Fault({ code: 'seat-away', place: `seat ${name}`, found: 'nobody signed in', expected: 'somebody' })

const notWaiting = (call: CallId) =>
  new Fault({
    code: 'caller-not-waiting',
    place: call,
    found: 'a call that does not wait, or for which a seat rings',
    expected: 'a caller in the queue',
  })

function countStates(seats: readonly Seat[]): Readonly<Record<SeatState, number>> {
  const count = (state: SeatState) => seats.filter(seat => seat.state === state).length
  const counts = Object.keys(seatMoves).map(state => [state, count(state as SeatState)])
  return Object.fromEntries(counts)
}
