import { type Clock, createEvents, type Events, type Log, reasonOf } from '../foundation/index.ts'
import type { Database, WriteBehindFigures } from '../storage/index.ts'
import type { Call } from '../telephony/index.ts'
import type { SeatState, SeatView } from './api.ts'
import { type ConversationsOptions, createConversations, type SeatTalk } from './conversations.ts'
import { createRouting, type QueueEnd, type QueueOptions, type RoutingOptions } from './routing.ts'
import { createSaver } from './saver.ts'
import { type Digest, type Seat, type SeatSetup, viewOf } from './seat.ts'
import { seatMoves } from './seat-state.ts'
import { createSeats, type SeatsOptions } from './seats.ts'

export type DeskNotices = {
  /** A seat changed; without a view, it was removed. */
  readonly seat: { readonly name: string; readonly view?: SeatView }
  readonly queue: { readonly waiting: number }
  /** What a seat does with its caller changed. */
  readonly talk: { readonly seat: string }
}

export type DeskFigures = {
  readonly waiting: number
  /** The INVITE of who has waited longest. */
  readonly waitingSinceMs?: number
  readonly seats: Readonly<Record<SeatState, number>>
  /** Since start. */
  readonly ends: Readonly<Record<QueueEnd, number>>
  readonly failedOffers: number
}

export type Desk = {
  seats(): readonly SeatView[]
  /** @throws Fault `seat-exists`, `contact-invalid` */
  addSeat(seat: SeatSetup): SeatView
  /** @throws Fault `seat-unknown`, `seat-busy` */
  removeSeat(name: string): void
  /** @throws Fault `seat-unknown`, `seat-unreachable` */
  setReady(name: string): SeatView
  /** A call that has the seat goes on. @throws Fault `seat-unknown` */
  setAway(name: string): SeatView
  /** What a registrar checks a phone's answer against; undefined for a seat that does not register, or is none. */
  credentials(name: string): Digest | undefined
  /** Where a seat's phone registered; undefined when it no longer is. @throws Fault `contact-invalid` */
  setContact(name: string, contact: string | undefined): void
  /** The caller that a seat rings for or talks to; undefined when none. */
  at(seat: string): SeatTalk | undefined
  /** Waits in the queue with an answered call, and talks. The longest idle seat, if any, is rung before this returns. */
  queue(call: Call, options: QueueOptions): Promise<QueueEnd>
  readonly notices: Events<DeskNotices>
  figures(): DeskFigures
  /** How writing seats down goes; undefined where they are kept nowhere. */
  saving(): WriteBehindFigures | undefined
  /** Sends the queue away; who talks goes on. Resolves once all seats are saved. */
  close(): Promise<void>
}

export type DeskOptions = Omit<RoutingOptions, 'seats' | 'conversations' | 'onQueue'> &
  Pick<ConversationsOptions, 'music'> &
  Omit<SeatsOptions, 'onChange' | 'onRecord'> & {
    readonly clock: Clock
    readonly log: Log
    /** Where seats are kept from one start to the next; absent: nowhere. */
    readonly database?: Database
  }

/** Opens with the seats that were saved; without them, while the database is away, and they come when it is back. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { database, clock, log } = options
  const notices = createEvents<DeskNotices>(error =>
    log.error({ reason: reasonOf(error) }, 'listener failed'),
  )
  const saver = database && createSaver({ database, clock, log, onLoad: seat => seats.restore(seat) })
  const seats = createSeats({
    ...options,
    onChange(name, seat) {
      notices.emit('seat', { name, view: seat ? viewOf(seat) : undefined })
      if (seat?.state === 'ready') routing.match()
    },
    onRecord: (name, seat) => saver?.save(name, seat),
  })
  const conversations = createConversations({
    ...options,
    seats,
    onTalk: seat => notices.emit('talk', { seat }),
  })
  const routing = createRouting({
    ...options,
    seats,
    conversations,
    onQueue: waiting => notices.emit('queue', { waiting }),
  })
  await saver?.load()

  return {
    seats: () => seats.all().map(viewOf),
    addSeat: seat => viewOf(seats.add(seat)),
    removeSeat: seats.remove,
    setReady: name => viewOf(seats.want(name, true)),
    setAway: name => viewOf(seats.want(name, false)),
    credentials: name => seats.find(name)?.digest,
    setContact: seats.reach,
    at: conversations.at,
    queue: routing.queue,
    notices,
    figures: () => ({ ...routing.figures(), seats: countStates(seats.all()) }),
    saving: () => saver?.figures(),
    async close() {
      routing.close()
      seats.close()
      await saver?.close()
    },
  }
}

function countStates(seats: readonly Seat[]): Readonly<Record<SeatState, number>> {
  const count = (state: SeatState) => seats.filter(seat => seat.state === state).length
  const counts = Object.keys(seatMoves).map(state => [state, count(state as SeatState)])
  return Object.fromEntries(counts)
}
