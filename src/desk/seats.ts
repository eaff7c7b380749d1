import { type Cancel, type Clock, Fault } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { SeatState } from './api.ts'
import { parseContact } from './contact.ts'
import { digestOf, idleState, type Seat, type SeatSetup } from './seat.ts'
import { isBusy, isPaused, seatMoves } from './seat-state.ts'

export type SeatsOptions = {
  readonly clock: Clock
  /** Of the SIP server that phones register at; part of what their password is hashed with. */
  readonly realm: string
  readonly wrapUpMs: number
  /** How long a seat is spared after an offer that failed. */
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
    throw new Fault({
      code: 'seat-unknown',
      place: 'seat',
      found: JSON.stringify(name),
      expected: 'the name of a seat',
    })
  }

  function put(seat: Seat) {
    seats.set(seat.name, seat)
    onChange(seat.name, seat)
  }

  function move(seat: Seat, to: SeatState, caller?: CallId) {
    if (!seatMoves[seat.state].includes(to)) throw new Error(`a seat goes from ${seat.state} to ${to}`)
    pauses.get(seat.name)?.()
    pauses.delete(seat.name)
    // A caller who went away while it rang takes nothing of how long it has been idle.
    const turn = to === 'ready' && seat.state !== 'offered' ? turns++ : seat.turn
    put({ ...seat, state: to, sinceMs: clock.now(), turn, caller })
  }

  /** Goes to where a seat is when idle, unless it is there. */
  function settle(seat: Seat) {
    const to = idleState(seat)
    if (seat.state === to) put(seat)
    else move(seat, to)
  }

  function pause(name: string, state: SeatState, ms: number) {
    move(get(name), state)
    if (isClosed) return
    pauses.set(
      name,
      clock.after(ms, () => settle(get(name))),
    )
  }

  return {
    find: (name: string) => seats.get(name),
    /** @throws Fault `seat-unknown` */
    get,
    all: () => [...seats.values()],

    /** @throws Fault `seat-exists`, `contact-invalid` */
    add(seat: SeatSetup): Seat {
      const { name, display } = seat
      if (seats.has(name))
        throw new Fault({
          code: 'seat-exists',
          place: 'seat',
          found: JSON.stringify(name),
          expected: 'a new name',
        })
      const contact = 'contact' in seat && seat.contact !== undefined ? parseContact(seat.contact) : undefined
      const digest =
        'password' in seat && seat.password !== undefined ? digestOf(name, realm, seat.password) : undefined
      put({
        name,
        display,
        contact,
        digest,
        skills: seat.skills ?? [],
        wantsCalls: false,
        caller: undefined,
        state: 'away',
        sinceMs: clock.now(),
        turn: turns++,
      })
      onRecord(name, get(name))
      return get(name)
    },

    /** Brings back what was saved; a seat that is already here is newer. */
    restore(saved: Pick<Seat, 'name' | 'display' | 'contact' | 'digest' | 'skills' | 'wantsCalls'>) {
      if (seats.has(saved.name)) return
      // A page is there only while it is open, and none is yet.
      const contact = saved.contact?.startsWith('browser:') ? undefined : saved.contact
      put({
        ...saved,
        contact,
        state: idleState({ ...saved, contact }),
        sinceMs: clock.now(),
        turn: turns++,
        caller: undefined,
      })
    },

    /** @throws Fault `seat-unknown`, `seat-busy` */
    remove(name: string) {
      if (isBusy(get(name).state))
        throw new Fault({
          code: 'seat-busy',
          place: `seat ${name}`,
          found: 'a caller with it',
          expected: 'nobody',
        })
      pauses.get(name)?.()
      pauses.delete(name)
      seats.delete(name)
      onChange(name, undefined)
      onRecord(name, undefined)
    },

    /**
     * What the person says: it ends a wrap-up or a rest; a call that has the seat goes on.
     * @throws Fault `seat-unknown`, `seat-unreachable`
     */
    want(name: string, wantsCalls: boolean): Seat {
      if (wantsCalls && get(name).contact === undefined)
        throw new Fault({
          code: 'seat-unreachable',
          place: `seat ${name}`,
          found: 'no phone of its that has registered',
          expected: 'a phone to ring',
        })
      const seat = { ...get(name), wantsCalls }
      if (isBusy(seat.state)) put(seat)
      else settle(seat)
      onRecord(name, get(name))
      return get(name)
    },

    /** From now on; a call that it has goes on. @throws Fault `seat-unknown` */
    setSkills(name: string, skills: readonly string[]): Seat {
      put({ ...get(name), skills })
      onRecord(name, get(name))
      return get(name)
    },

    /** Where its phone has registered; undefined when it no longer is. @throws Fault `contact-invalid` */
    reach(name: string, contact: string | undefined) {
      const known = seats.get(name)
      // Phones say the same again and again, and may outlive their seat.
      if (!known || known.contact === contact) return
      const seat = { ...known, contact: contact === undefined ? undefined : parseContact(contact) }
      if (isBusy(seat.state) || isPaused(seat.state)) put(seat)
      else settle(seat)
      onRecord(name, get(name))
    },

    offer: (name: string, caller: CallId) => move(get(name), 'offered', caller),
    talk: (name: string, caller: CallId) => move(get(name), 'talking', caller),
    wrapUp: (name: string) => pause(name, 'wrap-up', wrapUpMs),
    rest: (name: string) => pause(name, 'resting', restMs),
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
export type Seats = ReturnType<typeof createSeats>
