import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Call, CallFact, Journal } from '../telephony/index.ts'
import type { Supervising, TalkParties } from './api.ts'
import type { Conversation, ConversationEnd, PartyNews } from './conversation.ts'
import { answerOf, type SeatRing } from './offer.ts'
import { notNow, type PartyState } from './party-state.ts'
import { notReady } from './seat-refusals.ts'
import type { Seats } from './seats.ts'
import { boundTalk, type Outsider, type SeatCaller, type SeatTalk, type ThirdWays } from './talk.ts'

export type GuestOptions = {
  readonly seats: Seats
  readonly journal: Journal
  readonly ringSeat: (ring: SeatRing) => Promise<Call>
  /** How long a seat's phone may ring. */
  readonly leaseMs: number
  /** When absent, nobody is told of thirds, and everybody counts as a person. */
  readonly thirds?: ThirdWays
  /** Told when a seat and the caller hear each other: the seat that answered, and each one that joins them. */
  readonly onBegin?: (call: Call, seat: string) => void
  /** Whether the seat is shown who listens; true when absent. */
  readonly showsListener?: boolean
  readonly clock: Clock
  readonly log: Log
}

type Third = {
  readonly name: string
  readonly number?: string
  readonly seat?: string
  leg?: Call['id']
  /** The leg of a third from outside. */
  outside?: Call
  wasJoined: boolean
  isAway?: boolean
  mayBeMachine?: true
}
type Supervisor = { readonly seat: string; readonly by: string; how: Supervising }
type PartyFact = Omit<Extract<CallFact, { kind: 'party' }>, 'kind'>

/**
 * Who else is in the conversation of a caller and a seat: a third, and a supervisor. Keeps their seats' state,
 * writes who comes and goes into the journal, and has the caller told.
 * @param show what another seat sees of this conversation; undefined once it is no longer in it
 */
export function createGuests(
  { seats, journal, ringSeat, leaseMs, thirds, onBegin, showsListener = true, clock, log }: GuestOptions,
  visit: SeatCaller,
  seat: string,
  show: (seat: string, talk: SeatTalk | undefined) => void,
  onChange: () => void,
) {
  const { call, reason } = visit
  let third: Third | undefined
  let supervisor: Supervisor | undefined
  let helpSinceMs: number | undefined
  /** Since when no media comes from the seat's telephone. */
  let awaySinceMs: number | undefined
  let phase: PartyState['phase'] = 'talking'
  let muted: PartyState['muted'] = new Set()

  const write = (fact: PartyFact) => journal.write(call.id, { kind: 'party', ...fact })
  const nameOf = ({ seat, number, name }: Third) => seat ?? number ?? name
  const tell = (news: Parameters<ThirdWays['tell']>[1], name: string) => thirds?.tell(call, news, name)

  const ring = (seat: string, gone: AbortSignal) =>
    answerOf({
      gone,
      leaseMs,
      clock,
      log,
      ring: signal =>
        ringSeat({
          seat: { name: seat, contact: seats.get(seat).contact ?? '' },
          near: call,
          reason,
          signal,
        }),
    })

  /** A guest's seat goes on as after any call; one that was rung in vain, as after any ring. */
  const free = (seat: string, why: string) => {
    show(seat, undefined)
    const { state, caller } = seats.get(seat)
    if (caller !== call.id) return
    if (state === 'talking') seats.wrapUp(seat)
    else if (why === 'over' || why === 'cancelled') seats.release(seat)
    else seats.missed(seat, why)
  }

  /** Runs once, when the third is joined or the seat leaves the caller to them: tells both. */
  const meetsCaller = (one: Third) => {
    if (one.wasJoined) return
    one.wasJoined = true
    if (one.seat !== undefined) onBegin?.(call, one.seat)
    if (one.outside) thirds?.welcome?.(call, one.outside)
    tell('joined', one.name)
  }
  const thirdGone = (why: string) => {
    if (!third) return
    write({ who: 'third', name: nameOf(third), is: 'gone', reason: why })
    if (third.seat !== undefined) free(third.seat, why)
    if (third.wasJoined) tell('left', third.name)
    third = undefined
  }
  const supervisorGone = () => {
    if (!supervisor) return
    write({ who: 'supervisor', name: supervisor.by, is: 'gone' })
    seats.release(supervisor.seat)
    supervisor = undefined
  }

  const noteNetwork = (who: 'seat' | 'third', isLost: boolean) => {
    const is = isLost ? 'away' : 'back'
    if (who === 'seat') {
      awaySinceMs = isLost ? clock.now() : undefined
      write({ who, name: seat, is })
    } else if (third) {
      third.isAway = isLost
      write({ who, name: nameOf(third), is, leg: third.leg })
    }
  }

  const noteMuted = (now: PartyState['muted']) => {
    for (const who of ['caller', 'third'] as const)
      if (muted.has(who) !== now.has(who)) journal.write(call.id, { kind: 'muted', who, muted: now.has(who) })
    muted = now
  }

  const ringThird = async (whom: { readonly seat: string } | Outsider, signal: AbortSignal) => {
    if (!('seat' in whom)) return whom.ring(call, signal)
    seats.offer(whom.seat, call.id)
    show(whom.seat, boundTalk(visit, 'ringing'))
    const leg = await ring(whom.seat, signal)
    seats.talk(whom.seat, call.id)
    return leg
  }

  return {
    parties: ({ muted }: PartyState): TalkParties => ({
      third: third && {
        name: third.name,
        seat: third.seat,
        number: third.number,
        isAway: third.isAway,
        mayBeMachine: third.mayBeMachine,
      },
      muted: [...muted],
      supervisor:
        supervisor && (showsListener || supervisor.how === 'speaking')
          ? { by: supervisor.by, how: supervisor.how }
          : undefined,
      helpSinceMs,
      awaySinceMs,
    }),

    /** The conversation has a new state. */
    follow(state: PartyState) {
      const before = phase
      phase = state.phase
      noteMuted(state.muted)
      if (third && before !== phase && (phase === 'joined' || phase === 'swapped'))
        write({
          who: 'third',
          name: nameOf(third),
          is: phase === 'joined' ? 'joined' : 'held',
          leg: third.leg,
        })
      if (third && phase === 'joined') meetsCaller(third)
      if (third?.seat !== undefined && seats.find(third.seat)?.state === 'talking')
        show(third.seat, boundTalk(visit, state.phase, { muted: [...state.muted], isGuest: true }))
    },

    hear(news: PartyNews) {
      if (news.who === 'supervisor') return news.is === 'gone' ? supervisorGone() : undefined
      if (news.is === 'network') return noteNetwork(news.who, news.isLost)
      if (!third) return
      if (news.is === 'gone') return thirdGone(news.reason)
      third.leg = news.leg?.id
      if (third.seat === undefined) third.outside = news.leg
      write({ who: 'third', name: nameOf(third), is: news.is, leg: third.leg })
      if (news.is === 'rung') tell('asked-in', third.name)
    },

    async askIn(
      talk: Conversation,
      whom: { readonly seat: string } | Outsider,
      { brief, aside }: { readonly brief?: string; readonly aside?: Call } = {},
    ) {
      if (third) throw notNow('a third')
      const seat = 'seat' in whom ? seats.get(whom.seat) : undefined
      if (seat && seat.state !== 'ready') throw notReady(seat.name)
      third = {
        name: 'seat' in whom ? (seat?.display ?? whom.seat) : whom.name,
        number: 'seat' in whom ? undefined : whom.number,
        seat: seat?.name,
        wasJoined: false,
      }
      const isOutside = !seat
      const asked = third
      const onDoubt = () => {
        if (third !== asked) return
        asked.mayBeMachine = true
        onChange()
      }
      try {
        await talk.call({
          ring: signal => ringThird(whom, signal),
          brief:
            brief === undefined
              ? undefined
              : async leg => {
                  if (isOutside) await thirds?.prove(leg, true, onDoubt)
                  return thirds ? thirds.voice(brief) : []
                },
          prove: isOutside && thirds ? leg => thirds.prove(leg, false, onDoubt) : undefined,
          aside,
        })
      } catch (error) {
        // It was refused before anybody was rung.
        if (talk.state().phase === 'talking' || talk.state().phase === 'held') third = undefined
        throw error
      }
    },

    help(isWanted: boolean) {
      helpSinceMs = isWanted ? (helpSinceMs ?? clock.now()) : undefined
      onChange()
    },

    async supervise(talk: Conversation, seat: string, how: Supervising, by: string) {
      if (supervisor && supervisor.seat !== seat) throw notNow('another supervisor', 'already-supervised')
      let leg = supervisor && talk.leg('supervisor')
      if (!leg) {
        seats.hold(seat)
        supervisor = { seat, by, how }
        try {
          leg = await ring(seat, call.signal)
        } catch (error) {
          supervisor = undefined
          if (reasonOf(error) === 'cancelled') seats.release(seat)
          else seats.missed(seat, reasonOf(error))
          throw error
        }
      }
      if (supervisor) supervisor.how = how
      if (how === 'speaking') onBegin?.(call, seat)
      helpSinceMs = undefined
      await talk.supervise(leg, how)
      write({ who: 'supervisor', name: by, is: 'here', leg: leg.id, how })
      onChange()
    },

    /** Whether a seat is the supervisor's. */
    besides: (seat: string) => supervisor?.seat === seat,

    /** The conversation is over: the one who stays with the caller keeps their seat and is returned; the others go. */
    end(end: ConversationEnd): { readonly seat?: string; readonly name?: string } {
      const by = end.kind === 'moved' ? end.by : undefined
      const stays =
        by === 'third'
          ? { seat: third?.seat, name: third && nameOf(third) }
          : by === 'supervisor'
            ? { seat: supervisor?.seat, name: supervisor?.by }
            : {}
      if (by === 'third') {
        if (third) meetsCaller(third)
        third = undefined
      } else thirdGone('over')
      if (by === 'supervisor') supervisor = undefined
      else supervisorGone()
      return stays
    },
  }
}
