import { Fault, reasonOf } from '../foundation/index.ts'
import type { Call, Journal } from '../telephony/index.ts'
import type { TalkAbout } from './api.ts'
import {
  type ConversationEnd,
  type ConversationOptions,
  openConversation,
  type TalkPhase,
} from './conversation.ts'
import { answerOf, type RingPhone, type SeatRing } from './offer.ts'
import { notReady } from './seat-refusals.ts'
import type { Seats } from './seats.ts'

/** The caller that a seat has, and what the seat can do with them. What cannot be done now is thrown as a Fault `not-now`. */
export type SeatTalk = {
  readonly call: Call
  /** Why they came. */
  readonly reason: string
  readonly about: TalkAbout | undefined
  readonly phase: 'ringing' | TalkPhase
  hold(): void
  resume(): Promise<void>
  /** @throws Fault `seat-unknown`, `seat-not-ready`; and when it does not answer: the caller is then where they were */
  toSeat(name: string): Promise<void>
  /**
   * To somebody who is no seat.
   * @param name how the journal calls them.
   * @throws what `ring` throws: the caller is then where they were
   */
  outside(name: string, ring: (near: Call, signal: AbortSignal) => Promise<Call>): Promise<void>
  cancel(): void
}

export type ConversationsOptions = Pick<ConversationOptions, 'music' | 'clock' | 'log'> &
  Pick<RingPhone, 'leaseMs'> & {
    readonly seats: Seats
    readonly journal: Journal
    readonly ringSeat: (ring: SeatRing) => Promise<Call>
    /** Told when what a seat does with its caller has changed. */
    readonly onTalk: (seat: string) => void
  }

type Visit = { readonly call: Call; readonly reason: string; readonly about: TalkAbout | undefined }
/** How it ended for the caller. */
export type TalkEnd =
  | { readonly kind: 'served' }
  | { readonly kind: 'failed'; readonly seat: string; readonly reason: string }

/** Callers and seats that hear each other, from seat to seat where a call is moved. */
export function createConversations(options: ConversationsOptions) {
  const { seats, journal, ringSeat, leaseMs, music, onTalk, clock, log } = options
  const talks = new Map<string, SeatTalk>()

  const put = (seat: string, talk: SeatTalk | undefined) => {
    if (talk) talks.set(seat, talk)
    else talks.delete(seat)
    onTalk(seat)
  }

  /** A seat that is rung for somebody. */
  function rings(seat: string, visit: Visit): void {
    const not = (): never => {
      throw notNow('a phone that rings')
    }
    const no = async () => not()
    put(seat, {
      ...visit,
      phase: 'ringing',
      hold: not,
      resume: no,
      toSeat: no,
      outside: no,
      cancel: () => undefined,
    })
  }

  async function run(visit: Visit, seat: string, leg: Call): Promise<TalkEnd> {
    const { call, reason, about } = visit
    let isHeld = false
    let next: { readonly seat: string } | undefined
    seats.talk(seat, call.id)
    journal.write(call.id, { kind: 'connected', seat, seatCall: leg.id })
    const talk = openConversation({
      call,
      leg,
      music,
      clock,
      log,
      onPhase(phase) {
        if (isHeld !== (phase !== 'talking')) {
          isHeld = !isHeld
          journal.write(call.id, { kind: 'held', held: isHeld })
        }
        put(seat, view())
      },
    })
    const view = (): SeatTalk => ({
      call,
      reason,
      about,
      phase: talk.phase(),
      hold: talk.hold,
      resume: talk.resume,
      cancel: talk.cancel,
      async toSeat(name) {
        if (seats.find(name)?.state !== 'ready') throw notReady(name)
        try {
          await talk.move(signal => {
            next = { seat: name }
            return ringNext(visit, name, signal)
          })
        } catch (error) {
          spare(visit, name, error)
          throw error
        }
      },
      async outside(name, ring) {
        next = undefined
        await talk.move(signal => ring(call, signal))
        journal.write(call.id, { kind: 'transferred', to: name })
      },
    })
    put(seat, view())
    const end = await talk.over
    put(seat, undefined)
    leave(seat, end)
    if (end.kind === 'served') return { kind: 'served' }
    if (end.kind !== 'moved')
      return { kind: 'failed', seat, reason: end.kind === 'failed' ? end.reason : 'seat-left' }
    if (next) return run(visit, next.seat, end.leg)
    const other = end.leg
    await Promise.race([call.ended, other.ended])
    await Promise.all([call.hangup(), other.hangup()])
    return { kind: 'served' }
  }

  const leave = (seat: string, end: ConversationEnd) =>
    end.kind === 'failed' ? seats.missed(seat, end.reason) : seats.wrapUp(seat)

  /** Another seat's phone, leased as for any caller. */
  function ringNext(visit: Visit, name: string, gone: AbortSignal): Promise<Call> {
    const { call, reason } = visit
    const contact = seats.find(name)?.contact ?? ''
    seats.offer(name, call.id)
    journal.write(call.id, { kind: 'offered', seat: name })
    rings(name, visit)
    return answerOf({
      gone,
      leaseMs,
      clock,
      log,
      ring: signal => ringSeat({ seat: { name, contact }, near: call, reason, signal }),
    })
  }

  /** It did not come to a talk: nobody took it back, or it is not rung again for a while. */
  function spare({ call }: Visit, name: string, error: unknown): void {
    if (seats.find(name)?.caller !== call.id) return
    const reason = reasonOf(error)
    put(name, undefined)
    journal.write(call.id, { kind: 'offer-failed', seat: name, reason })
    if (reason === 'cancelled') seats.release(name)
    else seats.missed(name, reason)
  }

  return {
    at: (seat: string) => talks.get(seat),
    rings,
    stopsRinging: (seat: string) => put(seat, undefined),
    run,
  }
}
export type Conversations = ReturnType<typeof createConversations>

const notNow = (found: string) =>
  new Fault({ code: 'not-now', place: 'conversation', found, expected: 'a caller and a seat that talk' })
