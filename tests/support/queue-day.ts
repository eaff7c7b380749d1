/** The desk itself over a stretch of time that takes none: callers with patience, seats with conversations. */
import { dueAt, ordinaryCallbackRules, type Pace, type Working } from '../../src/callbacks/index.ts'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import { type Desk, openDesk, type QueueRules } from '../../src/desk/index.ts'
import { createMailbox, type Id, newId, silentLog } from '../../src/foundation/index.ts'
import type { Call, CallEnd, KeyPress } from '../../src/telephony/index.ts'
import { createEventClock, type EventClock } from './event-clock.ts'
import { soundOfMark } from './marks.ts'

export type Arrival = {
  readonly atMs: number
  /** Callers alike are answered in the order of their INVITE. */
  readonly kind: string
  readonly priority: number
  readonly skills: readonly string[]
  /** From when they came to the queue. */
  readonly patienceMs: number
  readonly handlingMs: number
  /** What they are told first takes so long. */
  readonly wordsMs?: number
  /** What they were told was all they wanted to know. */
  readonly isContent?: boolean
}

export type SimulatedDay = {
  readonly arrivals: readonly Arrival[]
  readonly seats: readonly { readonly name: string; readonly skills: readonly string[] }[]
  /** How many of them are signed in from which time on: in order of time. */
  readonly staff: readonly { readonly fromMs: number; readonly seats: number }[]
  readonly rules: QueueRules
  /** Who gave up is rung back by agents who are free while nobody waits; nobody is when absent. */
  readonly callbacks?: {
    /** Owed to whoever waited longer than this. */
    readonly abandonedMs: number
    /** For so many agents in a hundred somebody who rings next finds one free, the one at least; absent: the hotline leads. */
    readonly sparePercent?: number
  }
}

export type Outcome = {
  readonly kind: string
  readonly atMs: number
  /** From the queue on, until the answer, or until they gave up. */
  readonly waitMs: number
  readonly isAnswered: boolean
  /** The words were enough. */
  readonly isContent: boolean
  /** Whoever answered has all that they wish for. */
  readonly isUnderstood: boolean
  /** From giving up until they were rung back; absent where they were not. */
  readonly rungBackMs?: number
  /** From giving up until they would be rung at the latest, had they been told; absent where nobody could tell. */
  readonly toldMs?: number
  readonly isOwed: boolean
}

export type DayResult = {
  readonly outcomes: readonly Outcome[]
  /** Callers who were answered before one of the same kind who had rung earlier and still waited. */
  readonly overtaken: number
  readonly desk: ReturnType<Awaited<ReturnType<typeof openDesk>>['figures']>
}

/** Until somebody who is rung back answers. */
const pickUpMs = 8_000
const dayMs = 86_400_000
/** An agent looks at the list after so long without a caller. */
const lookMs = 5_000

export async function simulateDay(day: SimulatedDay): Promise<DayResult> {
  const { arrivals, seats, staff, rules, callbacks } = day
  const startMs = Date.UTC(2026, 0, 4, 16)
  const clock = createEventClock(startMs)
  const ringing = new Map<Call['id'], { readonly arrival: Arrival; seat: string }>()
  const later = async (party: ReturnType<typeof createParty>, ms: number) => {
    clock.after(ms, () => party.end('them'))
    return party.call
  }
  const desk = await openDesk({
    clock,
    log: silentLog,
    realm: 'jieting',
    music: soundOfMark('low', 1_000),
    leaseMs: 15_000,
    wrapUpMs: 0,
    restMs: 10_000,
    capacity: 100_000,
    rules,
    journal: { write: () => undefined },
    callSeat: async () => createParty(clock.now(), 'out').call,
    async ringSeat({ near, seat }) {
      const caller = ringing.get(near.id)
      if (caller) caller.seat = seat.name
      return later(createParty(clock.now(), 'out'), caller?.arrival.handlingMs ?? 0)
    },
  })
  const skillsOf = new Map(seats.map(({ name, skills }) => [name, skills]))
  for (const { name, skills } of seats)
    desk.addSeat({ name, display: name, contact: `sip:${name}@127.0.0.1:5090`, skills })
  for (const [index, { fromMs, seats: wanted }] of staff.entries())
    clock.after(fromMs, () => {
      const before = staff[index - 1]?.seats ?? 0
      for (const { name } of seats.slice(before, wanted)) desk.setReady(name)
      for (const { name } of seats.slice(wanted, before)) desk.setAway(name)
    })

  /** Shifts of the days before were the same. */
  const workingAt = (atMs: number) => {
    const intoDayMs = (((atMs - startMs) % dayMs) + dayMs) % dayMs
    return staff.findLast(({ fromMs }) => fromMs <= intoDayMs)?.seats
  }
  const outcomes: Outcome[] = []
  const owed =
    callbacks &&
    (callbacks.sparePercent === undefined
      ? leadsCalls(desk, clock, workingAt)
      : owesCalls(desk, clock, workingAt, callbacks.sparePercent))
  const lastRang = new Map<string, number>()
  let overtaken = 0

  const ring = (arrival: Arrival) => {
    const { atMs, kind, priority, skills, patienceMs, wordsMs = 0, isContent = false } = arrival
    const { call, end } = createParty(clock.now() - wordsMs, 'in')
    const caller = { arrival, seat: '' }
    const done = (isAnswered: boolean) => {
      const waitMs = clock.monotonicMs() - atMs - wordsMs
      const had = skillsOf.get(caller.seat) ?? []
      const outcome: Writable<Outcome> = {
        kind,
        atMs,
        waitMs,
        isAnswered,
        isContent,
        isUnderstood: isAnswered && skills.every(skill => had.includes(skill)),
        isOwed: !isAnswered && !isContent && waitMs + wordsMs > (callbacks?.abandonedMs ?? Infinity),
      }
      outcomes.push(outcome)
      if (outcome.isOwed) owed?.owe(arrival, outcome)
    }
    if (isContent) return done(false)
    ringing.set(call.id, caller)
    const giveUp = clock.after(patienceMs, () => {
      done(false)
      end('them')
    })
    const onPlace = (place: number) => {
      if (place > 0) return
      giveUp()
      done(true)
      if (atMs < (lastRang.get(kind) ?? 0)) overtaken++
      lastRang.set(kind, Math.max(atMs, lastRang.get(kind) ?? 0))
    }
    void desk.queue(call, { reason: kind, priority, skills, onPlace }).then(() => ringing.delete(call.id))
  }

  let next = 0
  const come = () => {
    for (; arrivals[next] && arrivals[next]!.atMs <= clock.monotonicMs(); next++) {
      const arrival = arrivals[next]!
      if (arrival.wordsMs) clock.after(arrival.wordsMs, () => ring(arrival))
      else ring(arrival)
    }
    const following = arrivals[next]
    if (following) clock.after(following.atMs - clock.monotonicMs(), come)
  }
  come()
  const lastMs = arrivals.at(-1)?.atMs ?? 0
  await clock.runUntil(lastMs + 3_600_000)
  const figures = desk.figures()
  await desk.close()
  return { outcomes, overtaken, desk: figures }
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

type Owes = { owe(arrival: Arrival, outcome: Writable<Outcome>): void }

const calendar = createCalendar(exampleCity)

/** By when each would be told that they are rung, as the flows tell it. */
function createForecast(
  clock: EventClock,
  {
    ledPerMs,
    isBusy,
    workingAt,
  }: Pick<Pace, 'workingAt'> & {
    readonly ledPerMs: () => number
    readonly isBusy: () => boolean
  },
) {
  /** When callbacks were rung, in order. */
  const rung: number[] = []
  return {
    rung: () => void rung.push(clock.monotonicMs()),
    /** @param owed when each before them came to be owed */
    toldMs(owed: readonly number[]): number | undefined {
      const nowMs = clock.monotonicMs()
      const { limitMs } = ordinaryCallbackRules
      const lately = rung.length - (rung.findLastIndex(atMs => atMs <= nowMs - limitMs) + 1)
      const pace = {
        ahead: owed.length,
        late: owed.filter(atMs => atMs < nowMs - limitMs).length,
        rung: lately,
        ledPerMs: ledPerMs(),
        isBusy: isBusy(),
        workingAt,
      }
      const dueMs = dueAt(clock.now(), pace, ordinaryCallbackRules, calendar)
      return dueMs === undefined ? undefined : dueMs - clock.now()
    },
  }
}

/** Agents who have nobody to talk to ring back whoever gave up, those first who rang first. */
function owesCalls(desk: Desk, clock: EventClock, workingAt: Working, sparePercent: number): Owes {
  const owed: { readonly arrival: Arrival; readonly outcome: Writable<Outcome>; readonly atMs: number }[] = []
  const free = new Set<string>()
  const present = new Set<string>()
  let waiting = 0
  const forecast = createForecast(clock, { ledPerMs: () => 0, isBusy: () => waiting > 0, workingAt })
  let isLooking = false
  let rung = 0

  const look = () => {
    isLooking = false
    const spare = Math.max(1, Math.ceil((present.size * sparePercent) / 100))
    while (waiting === 0 && owed.length > 0 && free.size > spare) {
      const { arrival, outcome, atMs } = owed.shift()!
      const [seat = ''] = free
      outcome.rungBackMs = clock.monotonicMs() - atMs
      forecast.rung()
      const citizen = createParty(clock.now(), 'out')
      const number = `+86139${String(rung++).padStart(8, '0')}`
      const answers = async () => {
        await new Promise<void>(resolve => clock.after(pickUpMs, resolve))
        clock.after(arrival.handlingMs, () => citizen.end('them'))
        return citizen.call
      }
      void desk.callOut(seat, { callback: number, number, ring: answers })
    }
    if (owed.length > 0) lookLater()
  }
  const lookLater = () => {
    if (isLooking) return
    isLooking = true
    clock.after(lookMs, look)
  }
  desk.notices.on('queue', change => {
    waiting = change.waiting
  })
  desk.notices.on('seat', ({ name, view }) => {
    const isThere = view !== undefined && view.state !== 'away'
    if (isThere) present.add(name)
    else present.delete(name)
    if (view?.state === 'ready') free.add(name)
    else free.delete(name)
  })
  return {
    owe(arrival, outcome) {
      outcome.toldMs = forecast.toldMs(owed.map(({ atMs }) => atMs))
      const at = owed.findLastIndex(one => one.arrival.atMs <= arrival.atMs) + 1
      owed.splice(at, 0, { arrival, outcome, atMs: clock.monotonicMs() })
      lookLater()
    },
  }
}

/** As often the queue is told who is owed a callback, and of how many at most. */
const toldMs = 500
const mostTold = 500

/** The hotline leads: whoever gave up stands in the queue, at the place of their INVITE, and is rung when it is their turn. */
function leadsCalls(desk: Desk, clock: EventClock, workingAt: Working): Owes {
  type Owed = { readonly arrival: Arrival; readonly outcome: Writable<Outcome>; readonly atMs: number }
  /** In the order of the INVITE. */
  const owed: { readonly id: Id<'back'>; readonly one: Owed }[] = []
  const ids = new Map<string, Owed>()
  let isTelling = false

  const queue = desk.leadCallbacks(async callback => {
    const one = ids.get(callback)
    if (!one) return undefined
    ids.delete(callback)
    owed.splice(
      owed.findIndex(({ id }) => id === callback),
      1,
    )
    const { arrival, outcome, atMs } = one
    return {
      number: `+86139${callback.slice(-8)}`,
      async ring() {
        outcome.rungBackMs = clock.monotonicMs() - atMs
        forecast.rung()
        const citizen = createParty(clock.now(), 'out')
        await new Promise<void>(resolve => clock.after(pickUpMs, resolve))
        clock.after(arrival.handlingMs, () => citizen.end('them'))
        return citizen.call
      },
      over: async () => tell(),
    }
  })
  const isBusy = () => desk.figures().waiting > 0
  const forecast = createForecast(clock, { ledPerMs: queue.perMs, isBusy, workingAt })
  const startMs = clock.now() - clock.monotonicMs()
  const tell = () => {
    if (isTelling) return
    isTelling = true
    clock.after(toldMs, () => {
      isTelling = false
      void queue.owe(
        owed.slice(0, mostTold).map(({ id, one: { arrival } }) => ({
          id,
          sinceMs: startMs + arrival.atMs,
          priority: arrival.priority,
          skills: arrival.skills,
        })),
      )
    })
  }
  return {
    owe(arrival, outcome) {
      outcome.toldMs = forecast.toldMs(owed.map(({ one }) => one.atMs))
      const at = owed.findLastIndex(({ one }) => one.arrival.atMs <= arrival.atMs) + 1
      const id = newId('back')
      const one = { arrival, outcome, atMs: clock.monotonicMs() }
      ids.set(id, one)
      owed.splice(at, 0, { id, one })
      tell()
    },
  }
}

/** An error made anew for each would be the dearest part of a call. */
const hungUp = 'hung up'

/** One end of a call without a line: it rings, talks and hangs up. */
export function createParty(invitedAtMs: number, direction: 'in' | 'out') {
  const over = new AbortController()
  let tell: (end: CallEnd) => void = () => undefined
  const ended = new Promise<CallEnd>(resolve => {
    tell = resolve
  })
  const end = (by: 'them' | 'us') => {
    if (over.signal.aborted) return
    over.abort(hungUp)
    tell({ by, reason: 'hung-up' })
  }
  const nothing = async (): Promise<never> => Promise.reject(new Error('no sound here'))
  const call: Call = {
    id: newId('call'),
    line: 'loopback',
    direction,
    caller: '',
    called: '12345',
    invitedAtMs,
    keys: createMailbox<KeyPress>(),
    ended,
    signal: over.signal,
    answer: async () => undefined,
    play: async () => 'finished',
    interject: nothing,
    announce: nothing,
    bridge: async () => undefined,
    listenTo: async () => undefined,
    tap: () => () => undefined,
    record: nothing,
    hangup: async () => end('us'),
  }
  return { call, end }
}

/** Numbers between 0 and 1, the same for the same seed (Mulberry32). */
export function createDice(seed: number) {
  let state = seed
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const exponential = (mean: number) => -mean * Math.log(1 - roll())
  return {
    roll,
    exponential,
    /** @param spread standard deviation over mean */
    lognormal(mean: number, spread: number) {
      const variance = Math.log(1 + spread * spread)
      const normal = Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll())
      return mean * Math.exp(normal * Math.sqrt(variance) - variance / 2)
    },
  }
}
export type Dice = ReturnType<typeof createDice>
