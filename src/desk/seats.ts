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
  /** Realm of the SIP server that phones register at; part of what their password is hashed with. */
  readonly realm: string
  /** How long notes may be written after a call; until the agent is done when absent. */
  readonly wrapUpMs: number | undefined
  /** How long a seat is spared after an offer that it refused, or that failed through no fault of its own. */
  readonly restMs: number
  /** Told after every change; the seat is undefined once removed. */
  readonly onChange: (name: string, seat: Seat | undefined) => void
  /** Told after `onChange`, when the change is to be saved. */
  readonly onRecord: (name: string, seat: Seat | undefined) => void
}

/** Every seat, in memory: the desk goes on while the database is away. */
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

  /** A seat that was given a number before the saved seats were read takes another. */
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
    // A caller who leaves while the seat rings does not change how long it has been idle.
    const turn = to === 'ready' && seat.state !== 'offered' ? turns++ : seat.turn
    const isAsked = to === 'offered' && caller === undefined
    const isLeading = isBusy(to) && (isAsked || seat.isLeading)
    put({ ...seat, state: to, sinceMs: clock.now(), turn, caller, isLeading })
  }

  /** Moves a seat to its idle state, unless it is there for the same reason. */
  function settle(seat: Seat) {
    const to = idleState(seat)
    const before = get(seat.name)
    const isThere = before.state === to && reasonOf(before) === reasonOf({ ...seat, state: to })
    if (isThere) put(seat)
    else move(seat, to)
  }

  /** Its phone is at another address: a seat without a call moves to the state that follows from that. */
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
    // The counts from before it signed in belong to another shift.
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
     * Changes the displayed name, number or phone; a call that it has goes on. Fields left out stay.
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
      // A seat's page is its phone for as long as it is open; a phone that registers stays where it registered.
      else if (isPage(known.contact) || (digest && known.digest)) put({ ...seat, address, digest })
      else rehome({ ...seat, address, digest, contact: address })
      onRecord(name, get(name))
      return get(name)
    },

    /** Takes over a saved seat. One that is already here is newer, unless another node had it meanwhile. */
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
      // A page is a contact only while it is open, and none is open yet.
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

    /** A seat's saved number is final, even when the seat was made again before it was read. */
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

    /** What the agent asks for: it ends a wrap-up or a rest; a call that has the seat goes on. */
    stand,

    /** Begins a shift; changes nothing for a seat that is signed in. @throws Fault `seat-unknown` */
    signIn(name: string): Seat {
      const seat = get(name)
      return seat.standing.kind === 'signed-out' ? stand(name, onBreak('busy')) : seat
    },

    /**
     * Sets a seat aside at which no call can be heard. Its wrap-up or call goes on; a seat that takes no calls
     * stays as it is. @throws Fault `seat-unknown`
     */
    setAside(name: string, reason: AsideReason): Seat {
      const seat = get(name)
      if (seat.standing.kind !== 'calls') return seat
      if (!isPaused(seat.state)) return stand(name, { kind: 'set-aside', reason })
      put({ ...seat, standing: { kind: 'set-aside', reason } })
      onRecord(name, get(name))
      return get(name)
    },

    /** Holds from now on; a call that it has goes on. @throws Fault `seat-unknown` */
    setSkills(name: string, skills: readonly string[]): Seat {
      put({ ...get(name), skills })
      onRecord(name, get(name))
      return get(name)
    },

    /** The agent has written their notes. @throws Fault `seat-unknown` */
    done(name: string): Seat {
      if (isPaused(get(name).state)) settle(get(name))
      return get(name)
    },

    /** A member opened its page. @throws Fault `seat-unknown` */
    attend(name: string, member: string) {
      if (get(name).member !== member) put({ ...get(name), member })
    },

    /**
     * Where its phone has registered or its page is open; undefined when it no longer is, and a phone with a fixed
     * address is rung there again. @throws Fault `contact-invalid`
     */
    reach(name: string, said: string | undefined) {
      const known = seats.get(name)
      const contact = said ?? known?.address
      // Phones register again and again, and may outlive their seat.
      if (!known || known.contact === contact) return
      rehome({ ...known, contact: contact === undefined ? undefined : parseContact(contact) })
      onRecord(name, get(name))
    },

    /**
     * Holds a seat for a call of its own: no caller is offered meanwhile. @throws Fault `seat-unknown`,
     * `seat-unreachable`, `seat-not-ready`
     */
    hold(name: string): Seat {
      const seat = get(name)
      if (seat.contact === undefined) throw unreachable(name)
      if (isBusy(seat.state) || !seatMoves[seat.state].includes('calling')) throw notReady(name)
      move(seat, 'calling')
      return get(name)
    },
    /** @param caller absent for somebody who is owed a callback and has no line yet */
    offer: (name: string, caller?: CallId) => move(get(name), 'offered', caller),
    /** It takes the callback that it was offered, and rings the citizen. */
    accept: (name: string) => move(get(name), 'calling'),
    talk: (name: string, caller: CallId) => move(get(name), 'talking', caller),
    wrapUp: (name: string) => pause(get(name), 'wrap-up', wrapUpMs),
    /** An offer failed there, or a conversation broke. */
    missed(name: string, reason: string) {
      const seat = afterMiss(get(name), reason)
      const { kind } = seat.standing
      if (kind === 'calls' || (seat.state === 'talking' && kind !== 'set-aside'))
        pause(seat, 'resting', restMs)
      else settle(seat)
      onRecord(name, get(name))
    },
    /** The caller left while it rang. */
    release: (name: string) => settle(get(name)),

    /** Calls may go on and end; pauses no longer end by themselves. */
    close() {
      isClosed = true
      for (const cancel of pauses.values()) cancel()
      pauses.clear()
    },
  }
}

const isPage = (contact: string | undefined) => contact?.startsWith('browser:') ?? false

/** Where a phone has registered; undefined for its former fixed address. */
const movedFrom = ({ contact, address }: Seat) => (contact === address ? undefined : contact)

export type Seats = ReturnType<typeof createSeats>
