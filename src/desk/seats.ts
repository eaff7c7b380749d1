import type { Cancel, Clock } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { AsideReason, SeatChange, SeatState } from './api.ts'
import { parseContact } from './contact.ts'
import {
  afterMiss,
  digestOf,
  idleState,
  onBreak,
  reasonOf,
  type SavedSeat,
  type Seat,
  type SeatSetup,
  type SeatStanding,
} from './seat.ts'
import { notReady, numberTaken, seatBusy, seatExists, seatUnknown, unreachable } from './seat-refusals.ts'
import { isBusy, isPaused, seatMoves } from './seat-state.ts'

export type SeatsOptions = {
  readonly clock: Clock
  /** Of the SIP server that phones register at; part of what their password is hashed with. */
  readonly realm: string
  /** How long notes may be written after a call; until the agent is done when absent. */
  readonly wrapUpMs: number | undefined
  /** How long a seat is spared after an offer that it refused, or that failed by no fault of its own. */
  readonly restMs: number
  /** Told after every change; the seat is undefined once removed. */
  readonly onChange: (name: string, seat: Seat | undefined) => void
  /** Told after that, when it is one to remember. */
  readonly onRecord: (name: string, seat: Seat | undefined) => void
}

/** Every seat, in memory: with the database away the desk goes on. */
export function createSeats({ clock, realm, wrapUpMs, restMs, onChange, onRecord }: SeatsOptions) {
  const seats = new Map<string, Seat>()
  const pauses = new Map<string, Cancel>()
  let turns = 0
  let isClosed = false

  function get(name: string): Seat {
    const seat = seats.get(name)
    if (seat) return seat
    throw seatUnknown(name)
  }

  const nextNumber = () => Math.max(0, ...[...seats.values()].map(({ number }) => number)) + 1
  const holderOf = (number: number) => [...seats.values()].find(seat => seat.number === number)

  function put(seat: Seat) {
    seats.set(seat.name, seat)
    onChange(seat.name, seat)
  }

  /** Whoever was given a number while the saved seats were not here yet takes another. */
  function vacate(number: number) {
    const holder = holderOf(number)
    if (!holder) return
    put({ ...holder, number: nextNumber() })
    onRecord(holder.name, get(holder.name))
  }

  function move(seat: Seat, to: SeatState, caller?: CallId) {
    if (!seatMoves[seat.state].includes(to)) throw new Error(`a seat goes from ${seat.state} to ${to}`)
    pauses.get(seat.name)?.()
    pauses.delete(seat.name)
    // A caller who went away while it rang takes nothing of how long it has been idle.
    const turn = to === 'ready' && seat.state !== 'offered' ? turns++ : seat.turn
    const isAsked = to === 'offered' && caller === undefined
    const isLeading = isBusy(to) && (isAsked || seat.isLeading)
    put({ ...seat, state: to, sinceMs: clock.now(), turn, caller, isLeading })
  }

  /** Goes to where a seat is when idle, unless it is there for the same reason. */
  function settle(seat: Seat) {
    const to = idleState(seat)
    const before = get(seat.name)
    const isThere = before.state === to && reasonOf(before) === reasonOf({ ...seat, state: to })
    if (isThere) put(seat)
    else move(seat, to)
  }

  /** Its phone is elsewhere: whether it can be offered a caller follows, unless a call has it. */
  function rehome(seat: Seat) {
    if (isBusy(seat.state) || isPaused(seat.state)) put(seat)
    else settle(seat)
  }

  const phoneOf = (name: string, { contact, password }: { contact?: string; password?: string }) => ({
    contact: contact === undefined ? undefined : parseContact(contact),
    digest: password === undefined ? undefined : digestOf(name, realm, password),
  })

  function pause(seat: Seat, state: SeatState, ms: number | undefined) {
    const { name } = seat
    move(seat, state)
    if (isClosed || ms === undefined) return
    pauses.set(
      name,
      clock.after(ms, () => settle(get(name))),
    )
  }

  /** @throws Fault `seat-unknown`, `seat-unreachable` */
  function stand(name: string, standing: SeatStanding): Seat {
    const known = get(name)
    if (standing.kind === 'calls' && known.contact === undefined) throw unreachable(name)
    // What was counted before it signed in was of another shift.
    const isNew = known.standing.kind === 'signed-out' && standing.kind !== 'signed-out'
    const { declined, unanswered } = isNew ? { declined: 0, unanswered: 0 } : known
    const seat = { ...known, standing, declined, unanswered }
    if (isBusy(seat.state)) put(seat)
    else settle(seat)
    onRecord(name, get(name))
    return get(name)
  }

  return {
    find: (name: string) => seats.get(name),
    /** @throws Fault `seat-unknown` */
    get,
    all: () => [...seats.values()],

    /** @throws Fault `seat-exists`, `seat-number-taken`, `contact-invalid` */
    add(seat: SeatSetup): Seat {
      const { name, display } = seat
      const number = ('number' in seat ? seat.number : undefined) ?? nextNumber()
      if (seats.has(name)) throw seatExists(name)
      const holder = holderOf(number)
      if (holder) throw numberTaken(number, holder)
      const { contact, digest } = phoneOf(name, 'page' in seat ? {} : seat)
      put({
        name,
        display,
        number,
        contact,
        address: contact,
        digest,
        skills: seat.skills ?? [],
        standing: onBreak('busy'),
        declined: 0,
        unanswered: 0,
        member: undefined,
        caller: undefined,
        isLeading: false,
        state: 'away',
        sinceMs: clock.now(),
        turn: turns++,
      })
      onRecord(name, get(name))
      return get(name)
    },

    /**
     * Another name to read, number or phone; a call that it has goes on. What is left out stays.
     * @throws Fault `seat-unknown`, `seat-number-taken`, `contact-invalid`
     */
    change(name: string, { display, number, ...phone }: SeatChange): Seat {
      const known = get(name)
      const holder = number === undefined ? undefined : holderOf(number)
      if (number !== undefined && holder && holder !== known) throw numberTaken(number, holder)
      const seat = { ...known, display: display ?? known.display, number: number ?? known.number }
      const isOther = phone.contact !== undefined || phone.password !== undefined
      const { contact: address, digest } = isOther ? phoneOf(name, phone) : known
      if (!isOther) put(seat)
      // The page of a seat is its phone for as long as it is open; one that registers keeps where it is.
      else if (isPage(known.contact) || (digest && known.digest)) put({ ...seat, address, digest })
      else rehome({ ...seat, address, digest, contact: address })
      onRecord(name, get(name))
      return get(name)
    },

    /** Brings back what was saved; a seat that is already here is newer, unless another node had it meanwhile. */
    restore(saved: SavedSeat, isNewer = false) {
      const known = seats.get(saved.name)
      if (known && (!isNewer || isBusy(known.state))) return
      if (known) {
        const { standing, display, number, skills, address, digest, declined, unanswered } = saved
        const contact = isPage(known.contact) ? known.contact : (address ?? movedFrom(known))
        const kept = { standing, display, number, skills, address, digest, contact }
        return settle({ ...known, ...kept, declined, unanswered })
      }
      vacate(saved.number)
      // A page is there only while it is open, and none is yet.
      const contact = isPage(saved.contact) ? saved.address : saved.contact
      put({
        ...saved,
        contact,
        state: idleState({ ...saved, contact }),
        sinceMs: clock.now(),
        turn: turns++,
        member: undefined,
        caller: undefined,
        isLeading: false,
      })
    },

    /** Its number is for good, also of a seat that was made again before it was read. */
    renumber({ name, number }: Pick<SavedSeat, 'name' | 'number'>) {
      const seat = seats.get(name)
      if (!seat || seat.number === number) return
      vacate(number)
      put({ ...seat, number })
      onRecord(name, get(name))
    },

    /** @throws Fault `seat-unknown`, `seat-busy` */
    remove(name: string) {
      if (isBusy(get(name).state)) throw seatBusy(name)
      pauses.get(name)?.()
      pauses.delete(name)
      seats.delete(name)
      onChange(name, undefined)
      onRecord(name, undefined)
    },

    /** What the person says: it ends a wrap-up or a rest; a call that has the seat goes on. */
    stand,

    /** Begins a shift; whoever is at work already stays as they are. @throws Fault `seat-unknown` */
    signIn(name: string): Seat {
      const seat = get(name)
      return seat.standing.kind === 'signed-out' ? stand(name, onBreak('busy')) : seat
    },

    /**
     * No call can be heard there. Notes go on being written, and a call goes on; whoever wants no calls anyway is left
     * as they are. @throws Fault `seat-unknown`
     */
    setAside(name: string, reason: AsideReason): Seat {
      const seat = get(name)
      if (seat.standing.kind !== 'calls') return seat
      if (!isPaused(seat.state)) return stand(name, { kind: 'set-aside', reason })
      put({ ...seat, standing: { kind: 'set-aside', reason } })
      onRecord(name, get(name))
      return get(name)
    },

    /** From now on; a call that it has goes on. @throws Fault `seat-unknown` */
    setSkills(name: string, skills: readonly string[]): Seat {
      put({ ...get(name), skills })
      onRecord(name, get(name))
      return get(name)
    },

    /** Notes are written. @throws Fault `seat-unknown` */
    done(name: string): Seat {
      if (isPaused(get(name).state)) settle(get(name))
      return get(name)
    },

    /** Somebody opened its page. @throws Fault `seat-unknown` */
    attend(name: string, member: string) {
      if (get(name).member !== member) put({ ...get(name), member })
    },

    /**
     * Where its phone has registered, or its page is open; undefined when it no longer is, and a phone with a fixed
     * address is rung again. @throws Fault `contact-invalid`
     */
    reach(name: string, said: string | undefined) {
      const known = seats.get(name)
      const contact = said ?? known?.address
      // Phones say the same again and again, and may outlive their seat.
      if (!known || known.contact === contact) return
      rehome({ ...known, contact: contact === undefined ? undefined : parseContact(contact) })
      onRecord(name, get(name))
    },

    /** Rings somebody itself: no caller is offered meanwhile. @throws Fault `seat-unknown`, `seat-unreachable`, `seat-not-ready` */
    hold(name: string): Seat {
      const seat = get(name)
      if (seat.contact === undefined) throw unreachable(name)
      if (isBusy(seat.state) || !seatMoves[seat.state].includes('calling')) throw notReady(name)
      move(seat, 'calling')
      return get(name)
    },
    /** @param caller absent where they are owed a callback, and have no line yet */
    offer: (name: string, caller?: CallId) => move(get(name), 'offered', caller),
    /** It takes the callback that it was offered, and rings whoever is owed it. */
    accept: (name: string) => move(get(name), 'calling'),
    talk: (name: string, caller: CallId) => move(get(name), 'talking', caller),
    wrapUp: (name: string) => pause(get(name), 'wrap-up', wrapUpMs),
    /** An offer came to nothing there, or a conversation broke. */
    missed(name: string, reason: string) {
      const seat = afterMiss(get(name), reason)
      const { kind } = seat.standing
      if (kind === 'calls' || (seat.state === 'talking' && kind !== 'set-aside'))
        pause(seat, 'resting', restMs)
      else settle(seat)
      onRecord(name, get(name))
    },
    /** The caller went away while it rang. */
    release: (name: string) => settle(get(name)),

    /** Calls may go on and end; nothing is timed any more. */
    close() {
      isClosed = true
      for (const cancel of pauses.values()) cancel()
      pauses.clear()
    },
  }
}

const isPage = (contact: string | undefined) => contact?.startsWith('browser:') ?? false

/** Where a phone has registered; its fixed address, if it had one, is no longer its. */
const movedFrom = ({ contact, address }: Seat) => (contact === address ? undefined : contact)

export type Seats = ReturnType<typeof createSeats>
