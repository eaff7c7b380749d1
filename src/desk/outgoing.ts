import { type Clock, Fault, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import { type Call, type Journal, provedCaller } from '../telephony/index.ts'
import type { OutgoingView, TalkAbout } from './api.ts'
import type { Conversations } from './conversations.ts'
import type { DeskFaultCode } from './faults.ts'
import { answerOf, type SeatRing } from './offer.ts'
import { bridgeLegs, hangUp } from './parties.ts'
import { ringback } from './ringback.ts'
import type { Seats } from './seats.ts'
import type { QueueEnd, QueueOptions } from './visit.ts'

/** A citizen whom a seat rings. */
export type OutgoingCall = {
  /** The id of the callback that they are owed. */
  readonly callback: string
  readonly number: string
  /** The hotline leads: the seat is held, and is asked whether it takes the callback. */
  readonly isLed?: true
  /** Rings them until the signal aborts; near the call of the seat's phone, with which it will be bridged. */
  readonly ring: (near: Call, signal: AbortSignal) => Promise<Call>
  /** Whether `ring` failed for this reason without ringing anybody: the seat then has nothing to write down. */
  readonly isRefusal?: (reason: string) => boolean
  /**
   * Told once they are reached, before they hear anybody; without `seatCall` where the seat's phone broke
   * meanwhile.
   */
  readonly onMeeting?: (call: Call, seatCall?: Call) => void
}

/**
 * How ringing a citizen ended. `talked`: they talked with this seat or another. `nobody`: they were not reached.
 * `cancelled`: the seat hung up meanwhile. `failed`: its phone did not work, and nobody else talked to them.
 */
export type OutgoingEnd =
  | { readonly kind: 'talked' | 'cancelled' }
  | { readonly kind: 'nobody' | 'failed'; readonly reason: string }

/** Makes a seat's phone ring for a call of its own. */
export type SeatCall = {
  readonly seat: { readonly name: string; readonly contact: string }
  readonly number: string
  readonly signal: AbortSignal
}

export type OutgoingOptions = {
  readonly seats: Seats
  readonly conversations: Pick<Conversations, 'run'>
  readonly callSeat: (call: SeatCall) => Promise<Call>
  readonly ringSeat: (ring: SeatRing) => Promise<Call>
  /** Queues a citizen whose seat broke. */
  readonly queue: (call: Call, options: QueueOptions) => Promise<QueueEnd>
  readonly leaseMs: number
  readonly music: Sound
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  /** Told when a call that a seat makes has changed. */
  readonly onOutgoing: (seat: string) => void
}

/** A busy citizen may be ringing us at this very moment. */
const busyGraceMs = 3_000
/** A caller who waits for the seat hears ringing for this long and music from then on, as an unanswered call is taken for lost. */
const ringsAtMostMs = 4_000

/** Calls that seats make: the seat's phone is rung first, then the citizen's, and the two talk as after any call. */
export function createOutgoing(options: OutgoingOptions) {
  const { seats, conversations, callSeat, ringSeat, queue, leaseMs, music, journal, clock, log, onOutgoing } =
    options
  const going = new Map<string, OutgoingView>()
  /**
   * Numbers being rung: a call that comes from one of them goes straight to the seat, unless they have answered
   * already.
   */
  const expecting = new Map<string, Expected>()
  const tone = ringback()

  const put = (seat: string, outgoing: OutgoingView | undefined) => {
    if (outgoing) going.set(seat, outgoing)
    else going.delete(seat)
    onOutgoing(seat)
  }

  /** @throws Fault `seat-unknown`, `seat-unreachable`, `seat-not-ready`, `number-being-rung` */
  async function start(name: string, out: OutgoingCall): Promise<OutgoingEnd> {
    if (expecting.has(out.number) || [...going.values()].some(({ number }) => number === out.number))
      throw beingRung()
    const { contact = '' } = out.isLed ? seats.get(name) : seats.hold(name)
    put(name, { callback: out.callback, number: out.number, rings: 'seat', isOffered: out.isLed })
    const expected = expect()
    expecting.set(out.number, expected)
    try {
      const leg = await ownPhone(name, contact, out)
      return typeof leg === 'string' ? { kind: 'failed', reason: leg } : await reach(name, leg, out, expected)
    } finally {
      expecting.delete(out.number)
      expected.close()
      if (going.has(name)) put(name, undefined)
    }
  }

  /** @returns the reason when it does not answer */
  async function ownPhone(
    name: string,
    contact: string,
    { number, isLed }: OutgoingCall,
  ): Promise<Call | string> {
    try {
      const leg = await answerOf({
        gone: new AbortController().signal,
        ring: signal => callSeat({ seat: { name, contact }, number, signal }),
        leaseMs,
        clock,
        log,
      })
      if (isLed) seats.accept(name)
      return leg
    } catch (error) {
      const reason = reasonOf(error)
      // An agent who refuses a call of their own has changed their mind; a callback that was offered is declined.
      if (!isLed && (reason === 'busy' || reason === 'rejected')) seats.release(name)
      else seats.missed(name, reason)
      return reason
    }
  }

  async function reach(name: string, leg: Call, out: OutgoingCall, expected: Expected): Promise<OutgoingEnd> {
    put(name, { callback: out.callback, number: out.number, rings: 'citizen' })
    const quiet = new AbortController()
    leg.play([tone], { loop: true, signal: quiet.signal }).catch(() => undefined)
    let isOver = false
    let broken: string | undefined
    void leg.ended.then(({ by, reason }) => {
      if (by !== 'failure' || isOver) return
      broken = `seat-${reason}`
      put(name, undefined)
      seats.missed(name, broken)
    })
    const found = await citizenOf(leg, out, expected).catch((error: unknown) => ({ error }))
    isOver = true
    expecting.delete(out.number)
    quiet.abort()
    if ('error' in found) {
      if (broken !== undefined) return { kind: 'failed', reason: broken }
      const isCancelled = leg.signal.aborted
      await hangUp(leg, log)
      const reason = reasonOf(found.error)
      // There is nothing to note of a citizen whom the hotline rang in vain, or who was not rung.
      const isIdle = (out.isLed && !isCancelled) || out.isRefusal?.(reason) === true
      if (isIdle) seats.release(name)
      else seats.wrapUp(name)
      return isCancelled ? { kind: 'cancelled' } : { kind: 'nobody', reason }
    }
    if (broken !== undefined) {
      out.onMeeting?.(found)
      return toAnother(found, out, broken)
    }
    journal.write(found.id, { kind: 'called-back', seat: name, callback: out.callback })
    return join(name, leg, found, out)
  }

  /**
   * The first call with the citizen: the one that they answer, or one of their own. It ends when the seat hangs up,
   * but not when its phone breaks, since they may be on their way to the telephone.
   */
  async function citizenOf(leg: Call, { ring }: OutgoingCall, expected: Expected): Promise<Call> {
    const [stop, over] = [new AbortController(), new AbortController()]
    let hasLeft = false
    const seatLeft = new Promise<never>((_, reject) => {
      void leg.ended.then(({ by }) => {
        if (by === 'failure') return
        hasLeft = true
        reject(seatGone())
      })
    })
    // A citizen who is ringing us already is not rung.
    const rung = expected.there() ? new Promise<never>(() => undefined) : ring(leg, stop.signal)
    const answered = rung.catch(async (error: unknown) => {
      if (reasonOf(error) === 'busy') await sleep(clock, busyGraceMs, over.signal)
      throw error
    })
    const found = await Promise.race([expected.call(), answered, seatLeft]).catch(
      (error: unknown) => (hasLeft ? undefined : expected.there()) ?? { error },
    )
    over.abort(seatGone())
    answered.catch(() => undefined)
    // A citizen who answers just as their own call comes, or as the seat leaves, is hung up on.
    rung.then(
      call => (call === found ? undefined : hangUp(call, log)),
      () => undefined,
    )
    if ('error' in found) {
      stop.abort(seatGone())
      throw found.error
    }
    if (found === expected.there()) {
      stop.abort(seatGone())
      expected.take()
      await found.answer()
    }
    return found
  }

  async function join(name: string, first: Call, call: Call, out: OutgoingCall): Promise<OutgoingEnd> {
    out.onMeeting?.(call, first)
    let leg = first
    try {
      await bridgeLegs(clock, call, first).catch(async (error: unknown) => {
        await hangUp(first, log)
        if (call.signal.aborted || reasonOf(error) !== 'bridge-failed') throw error
        leg = await ringBeside(name, call)
        await bridgeLegs(clock, call, leg)
      })
      if (leg.signal.aborted) throw seatGone()
    } catch (error) {
      await hangUp(leg, log)
      if (call.signal.aborted) {
        seats.wrapUp(name)
        return { kind: 'nobody', reason: 'hung-up' }
      }
      seats.missed(name, reasonOf(error))
      return toAnother(call, out, reasonOf(error))
    }
    put(name, undefined)
    const end = await conversations.run({ call, reason: 'callback', about: aboutOf(out) }, name, leg)
    return end.kind === 'served' ? { kind: 'talked' } : toAnother(call, out, end.reason)
  }

  /** A citizen's own call has its sound in whichever worker was free, so the seat's phone is rung again in that one. */
  async function ringBeside(name: string, call: Call): Promise<Call> {
    const quiet = new AbortController()
    call.play([music], { loop: true, signal: quiet.signal }).catch(() => undefined)
    const { contact = '' } = seats.get(name)
    try {
      return await answerOf({
        gone: call.signal,
        ring: signal => ringSeat({ seat: { name, contact }, near: call, reason: 'callback', signal }),
        leaseMs,
        clock,
        log,
      })
    } finally {
      quiet.abort()
    }
  }

  /** The seat is gone, but the citizen came to the telephone because we rang. */
  async function toAnother(call: Call, out: OutgoingCall, reason: string): Promise<OutgoingEnd> {
    const quiet = new AbortController()
    call.play([music], { loop: true, signal: quiet.signal }).catch(() => undefined)
    const onPlace = (place: number) => {
      if (place === 0) quiet.abort()
    }
    const end = await queue(call, {
      reason: 'callback',
      about: aboutOf(out),
      isFirst: true,
      onPlace,
    })
    quiet.abort()
    if (end === 'served') return { kind: 'talked' }
    await hangUp(call, log)
    return { kind: 'failed', reason }
  }

  return {
    start,
    at: (seat: string) => going.get(seat),
    /** Connects a call from a citizen whom a seat is ringing to that seat. @returns false for all other calls */
    async meets(call: Call): Promise<boolean> {
      const number = provedCaller(call)
      const expected = expecting.get(number)
      if (number === '' || !expected) return false
      const quiet = new AbortController()
      const stopRinging = clock.after(ringsAtMostMs, () => {
        call.play([music], { loop: true, signal: quiet.signal }).catch(() => undefined)
      })
      const isTaken = await expected.comes(call)
      stopRinging()
      quiet.abort()
      if (isTaken) await call.ended
      return isTaken
    },
  }
}
export type OutgoingCalls = ReturnType<typeof createOutgoing>

const aboutOf = ({ callback }: OutgoingCall): TalkAbout => ({ kind: 'callback', id: callback })

/**
 * A call that may come from the citizen being rung: it waits until the seat is there, and takes its normal way when
 * it is not.
 */
type Expected = {
  /** Resolves once their call is there. */
  call(): Promise<Call>
  /** Their call, while they are on the line. */
  there(): Call | undefined
  /** @returns whether the seat takes it, once that is known */
  comes(call: Call): Promise<boolean>
  take(): void
  close(): void
}

function expect(): Expected {
  let own: Call | undefined
  let isClosed = false
  let decide: (isTaken: boolean) => void = () => undefined
  let tell: (call: Call) => void = () => undefined
  const there = () => (own?.signal.aborted ? undefined : own)
  const close = (isTaken: boolean) => {
    isClosed = true
    decide(isTaken)
  }
  return {
    call: () =>
      new Promise(resolve => {
        tell = resolve
        const call = there()
        if (call) resolve(call)
      }),
    there,
    comes(call) {
      if (isClosed || there()) return Promise.resolve(false)
      own = call
      tell(call)
      return new Promise(resolve => {
        decide = resolve
        call.signal.addEventListener('abort', () => resolve(true), { once: true })
      })
    },
    take: () => close(true),
    close: () => close(false),
  }
}

const outgoingFault = (code: DeskFaultCode, found: string, expected: string) =>
  new Fault({ code, place: 'outgoing', found, expected })
const seatGone = () => outgoingFault('cancelled', 'a seat that hung up', 'a seat')
const beingRung = () =>
  outgoingFault('number-being-rung', 'a number that a seat rings now', 'one that nobody rings')
