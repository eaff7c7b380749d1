import { reasonOf } from '../foundation/index.ts'
import type { Call, CallId } from '../telephony/index.ts'
import { type ConversationEnd, type ConversationOptions, openConversation } from './conversation.ts'
import { createGuests, type GuestOptions } from './guests.ts'
import { answerOf } from './offer.ts'
import { hearsMusic, notNow, type PartyState } from './party-state.ts'
import { notReady } from './seat-refusals.ts'
import { boundTalk, type SeatCaller, type SeatTalk } from './talk.ts'

export type ConversationsOptions = Pick<ConversationOptions, 'music'> &
  GuestOptions & {
    /** Told when what a seat does with its caller has changed. */
    readonly onTalk: (seat: string) => void
  }

/** How it ended for the caller. */
export type TalkEnd =
  | { readonly kind: 'served' }
  | { readonly kind: 'failed'; readonly seat: string; readonly reason: string }

/** Conversations of callers and seats, from seat to seat where a call is moved. */
export function createConversations(options: ConversationsOptions) {
  const { seats, journal, ringSeat, leaseMs, music, onTalk, clock, log } = options
  const talks = new Map<string, SeatTalk>()
  /** Callers who talk on with somebody outside after their seat was lost, with no seat in the conversation. */
  const unattended = new Map<CallId, { readonly seat: string; readonly sinceMs: number }>()

  const put = (seat: string, talk: SeatTalk | undefined) => {
    if (talk) talks.set(seat, talk)
    else talks.delete(seat)
    onTalk(seat)
  }

  /** Shows a seat as ringing for a caller. */
  const rings = (seat: string, visit: SeatCaller) => put(seat, boundTalk(visit, 'ringing'))

  async function run(visit: SeatCaller, seat: string, leg: Call): Promise<TalkEnd> {
    const { call } = visit
    let isHeld = false
    let next: string | undefined
    // A seat that was asked in is already talking.
    if (seats.find(seat)?.state !== 'talking') seats.talk(seat, call.id)
    journal.write(call.id, { kind: 'connected', seat, seatCall: leg.id })
    options.onBegin?.(call, seat)
    const show = () => put(seat, view())
    const guests = createGuests(options, visit, seat, put, show)
    const talk = openConversation({
      call,
      leg,
      music,
      sorry: options.thirds?.sorry,
      clock,
      log,
      onState(state) {
        noteHeld(state)
        guests.follow(state)
        show()
      },
      onParty(news) {
        guests.hear(news)
        show()
      },
    })
    const noteHeld = (state: PartyState) => {
      if (isHeld === hearsMusic(state, 'caller')) return
      isHeld = !isHeld
      journal.write(call.id, { kind: 'held', held: isHeld })
    }
    const view = (): SeatTalk => ({
      ...visit,
      phase: talk.state().phase,
      parties: guests.parties(talk.state()),
      hasThird: id => talk.leg('third')?.id === id,
      hold: () => talk.go('hold'),
      resume: () => talk.go('resume'),
      swap: () => talk.go('swap'),
      join: () => talk.go('join'),
      holdThird: () => talk.go('hold-third'),
      mute: talk.mute,
      drop: talk.drop,
      leave: talk.leave,
      cancel: talk.cancel,
      notMoved: talk.notMoved,
      askIn: (whom, brief) => guests.askIn(talk, whom, { brief }),
      askAside: (whom, aside) => guests.askIn(talk, whom, { aside }),
      leaveBy: talk.leaveBy,
      help: guests.help,
      supervise: (by, how, member) => guests.supervise(talk, by, how, member),
      async takeOver(by) {
        if (!guests.besides(by)) throw notNow('a supervisor who is not beside it')
        await talk.takeOver()
      },
      async toSeat(name) {
        if (seats.find(name)?.state !== 'ready') throw notReady(name)
        try {
          await talk.move(signal => {
            next = name
            return ringNext(visit, name, signal)
          })
        } catch (error) {
          spare(visit, name, error)
          throw error
        }
      },
      async outside({ number, ring }) {
        next = undefined
        await talk.move(async signal => {
          const other = await ring(call, signal)
          options.thirds?.welcome?.(call, other)
          return other
        })
        journal.write(call.id, { kind: 'transferred', to: number })
      },
    })
    show()
    const end = await talk.over
    put(seat, undefined)
    const stays = guests.end(end)
    leave(seat, end)
    if (end.kind === 'served') return { kind: 'served' }
    if (end.kind !== 'moved')
      return { kind: 'failed', seat, reason: end.kind === 'failed' ? end.reason : 'seat-left' }
    const following = end.by === 'move' ? next : stays.seat
    if (following !== undefined) return run(visit, following, end.leg)
    if (end.by === 'third') journal.write(call.id, { kind: 'transferred', to: stays.name ?? '' })
    if (end.lost !== undefined) unattended.set(call.id, { seat, sinceMs: clock.now() })
    return goesOn(call, end.leg).finally(() => unattended.delete(call.id))
  }

  /** The caller talks on with somebody outside until one of them hangs up. */
  async function goesOn(call: Call, other: Call): Promise<TalkEnd> {
    await Promise.race([call.ended, other.ended])
    await Promise.all([call.hangup(), other.hangup()])
    return { kind: 'served' }
  }

  const leave = (seat: string, end: ConversationEnd) => {
    const lost = end.kind === 'failed' ? end.reason : end.kind === 'moved' ? end.lost : undefined
    if (lost === undefined) seats.wrapUp(seat)
    else seats.missed(seat, lost)
  }

  /** Rings another seat's phone, with a lease as for any caller. */
  function ringNext(visit: SeatCaller, name: string, gone: AbortSignal): Promise<Call> {
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

  /** The call was not moved: the seat is released when the mover took it back, and else counts as missed. */
  function spare({ call }: SeatCaller, name: string, error: unknown): void {
    if (seats.find(name)?.caller !== call.id) return
    const reason = reasonOf(error)
    put(name, undefined)
    journal.write(call.id, { kind: 'offer-failed', seat: name, reason })
    if (reason === 'cancelled') seats.release(name)
    else seats.missed(name, reason)
  }

  return {
    at: (seat: string) => talks.get(seat),
    unattended: (): ReadonlyMap<CallId, { readonly seat: string; readonly sinceMs: number }> => unattended,
    rings,
    stopsRinging: (seat: string) => put(seat, undefined),
    run,
  }
}
export type Conversations = ReturnType<typeof createConversations>
