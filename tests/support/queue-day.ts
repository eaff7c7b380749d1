/** The desk itself over a stretch of time that takes none: callers with patience, seats with conversations. */
import { openDesk, type QueueRules } from '../../src/desk/index.ts'
import { createMailbox, newId, silentLog } from '../../src/foundation/index.ts'
import type { Call, CallEnd, KeyPress } from '../../src/telephony/index.ts'
import { createEventClock } from './event-clock.ts'
import { soundOfMark } from './marks.ts'

export type Arrival = {
  readonly atMs: number
  /** Callers alike are answered in the order of their INVITE. */
  readonly kind: string
  readonly priority: number
  readonly skills: readonly string[]
  readonly patienceMs: number
  readonly handlingMs: number
}

export type SimulatedDay = {
  readonly arrivals: readonly Arrival[]
  readonly seats: readonly { readonly name: string; readonly skills: readonly string[] }[]
  /** How many of them are signed in from which time on: in order of time. */
  readonly staff: readonly { readonly fromMs: number; readonly seats: number }[]
  readonly rules: QueueRules
}

export type Outcome = {
  readonly kind: string
  readonly atMs: number
  /** Until the answer, or until they gave up. */
  readonly waitMs: number
  readonly isAnswered: boolean
}

export type DayResult = {
  readonly outcomes: readonly Outcome[]
  /** Callers who were answered before one of the same kind who had rung earlier and still waited. */
  readonly overtaken: number
  readonly desk: ReturnType<Awaited<ReturnType<typeof openDesk>>['figures']>
}

export async function simulateDay({ arrivals, seats, staff, rules }: SimulatedDay): Promise<DayResult> {
  const clock = createEventClock(Date.UTC(2026, 0, 5))
  const handling = new Map<Call['id'], number>()
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
    callSeat: () => Promise.reject(new Error('nobody rings out here')),
    async ringSeat({ near }) {
      const leg = createParty(clock.now(), 'out')
      clock.after(handling.get(near.id) ?? 0, () => leg.end('them'))
      return leg.call
    },
  })
  for (const { name, skills } of seats)
    desk.addSeat({ name, display: name, contact: `sip:${name}@127.0.0.1:5090`, skills })
  for (const [index, { fromMs, seats: wanted }] of staff.entries())
    clock.after(fromMs, () => {
      const before = staff[index - 1]?.seats ?? 0
      for (const { name } of seats.slice(before, wanted)) desk.setReady(name)
      for (const { name } of seats.slice(wanted, before)) desk.setAway(name)
    })

  const outcomes: Outcome[] = []
  const lastRang = new Map<string, number>()
  let overtaken = 0
  let next = 0
  const ring = (arrival: Arrival) => {
    const { atMs, kind, priority, skills, patienceMs, handlingMs } = arrival
    const { call, end } = createParty(clock.now(), 'in')
    const done = (isAnswered: boolean) =>
      outcomes.push({ kind, atMs, waitMs: clock.monotonicMs() - atMs, isAnswered })
    handling.set(call.id, handlingMs)
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
    void desk.queue(call, { reason: kind, priority, skills, onPlace }).then(() => handling.delete(call.id))
  }
  const come = () => {
    for (; arrivals[next] && arrivals[next]!.atMs <= clock.monotonicMs(); next++) ring(arrivals[next]!)
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

/** One end of a call without a line: it rings, talks and hangs up. */
export function createParty(invitedAtMs: number, direction: 'in' | 'out') {
  const over = new AbortController()
  let tell: (end: CallEnd) => void = () => undefined
  const ended = new Promise<CallEnd>(resolve => {
    tell = resolve
  })
  const end = (by: 'them' | 'us') => {
    if (over.signal.aborted) return
    over.abort()
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
    bridge: async () => undefined,
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
