import { reasonOf } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Call } from '../telephony/index.ts'
import type { Supervising } from './api.ts'
import { bridgeLegs, createParties, hangUp, type PartiesOptions } from './parties.ts'
import {
  firstState,
  hasThird,
  moveByHolds,
  notNow,
  type PartyState,
  stateAfter,
  type TalkMove,
} from './party-state.ts'

/**
 * `served`: one of the two hung up. `moved`: the caller talks to another leg now; `lost` is set when the seat's
 * phone broke and they go on with that leg. `failed`: the seat's phone broke. `returned`: the seat hung up while it
 * moved the call, and nobody took it. After `failed` and `returned` the caller still needs a person.
 */
export type ConversationEnd =
  | { readonly kind: 'served' | 'returned' }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'moved'
      readonly leg: Call
      readonly by: 'move' | 'third' | 'supervisor'
      readonly lost?: string
    }

/** Somebody whom the seat asks in. */
export type Third = {
  readonly ring: (signal: AbortSignal) => Promise<Call>
  /** What they hear before they are joined; absent where the seat talks first. @throws Fault `machine-answered` */
  readonly brief?: (leg: Call) => Promise<readonly Sound[]>
  /** Rejects once it is clear that no person is there; resolves once one is, or the leg is over. */
  readonly prove?: (leg: Call) => Promise<void>
  /** The call by which the seat's own telephone rings and talks to them; absent where the seat's page asks them in. */
  readonly aside?: Call
}

export type PartyNews =
  | { readonly who: 'third'; readonly is: 'rung' | 'here'; readonly leg?: Call }
  | { readonly who: 'third'; readonly is: 'gone'; readonly reason: string }
  /** Their telephone sends no media and does not answer, or does so again. */
  | { readonly who: 'seat' | 'third'; readonly is: 'network'; readonly isLost: boolean }
  | { readonly who: 'supervisor'; readonly is: 'here' | 'gone' }

export type Conversation = {
  state(): PartyState
  /** That party's leg, while it is there. */
  leg(party: 'third' | 'supervisor'): Call | undefined
  /** @throws Fault `not-now` when the move cannot be made now, `bridge-failed` */
  go(move: Extract<TalkMove, 'hold' | 'resume' | 'swap' | 'join' | 'hold-third'>): Promise<void>
  /** @throws Fault `not-now` */
  mute(party: 'caller' | 'third', isMuted: boolean): Promise<void>
  /**
   * Rings somebody else, until the signal aborts, and hands the caller over once they answer. Rejects when they do not;
   * the caller is then where they were. @throws Fault `not-now`, or what `ring` throws
   */
  move(ring: (signal: AbortSignal) => Promise<Call>): Promise<void>
  /** Rings a third; rejects when they do not come, and the two stay. @throws Fault `not-now`, or what `ring` throws */
  call(third: Third): Promise<void>
  /** Drops the third, or stops ringing them; the caller is back. @throws Fault `not-now` */
  drop(): Promise<void>
  /** The seat leaves, and the caller stays with the third. @throws Fault `not-now` */
  leave(): Promise<void>
  /** As `leave`, where `own` is one of the two calls of the seat's own telephone. @throws Fault `not-now` */
  leaveBy(own: Call): Promise<void>
  /** Puts a supervisor beside the seat, or changes how. @throws Fault `already-supervised`, `bridge-failed` */
  supervise(leg: Call, how: Supervising): Promise<void>
  /** The supervisor takes the caller in place of the seat. @throws Fault `not-now` */
  takeOver(): Promise<void>
  /** Gives up moving the call, or ringing a third. */
  cancel(): void
  /** The seat's telephone was told that its transfer failed: a hangup right after is not meant to end the call. */
  notMoved(): void
  readonly over: Promise<ConversationEnd>
}

export type ConversationOptions = PartiesOptions & {
  readonly onState: (state: PartyState) => void
  readonly onParty: (news: PartyNews) => void
}

/** A conversation, from the bridge until the seat and the caller have nothing more to do with each other. */
export function openConversation(options: ConversationOptions): Conversation {
  const { call, leg, onState, onParty, clock, log } = options
  const parties = createParties(options)
  let state = firstState
  /** Set while somebody is being rung. */
  let ringing: AbortController | undefined
  /** Whom the seat's telephone has on hold: the caller (`seat`), and the third it rang (`aside`). */
  const holds = { seat: false, aside: false }
  let notMovedAtMs = Number.NEGATIVE_INFINITY
  let isOver = false
  let tell!: (end: ConversationEnd) => void
  const over = new Promise<ConversationEnd>(resolve => {
    tell = resolve
  })

  /** Every move ends here: sets the next state and arranges who hears whom. Goes back when arranging fails. */
  const become = async (next: PartyState) => {
    if (isOver) return
    const before = state
    state = next
    onState(next)
    try {
      await parties.arrange(next)
    } catch (error) {
      if (isOver || state !== next) throw error
      state = before
      onState(before)
      throw error
    }
  }
  const go = async (move: TalkMove) => {
    if (isOver) throw notNow('a call that is over')
    await become(stateAfter(state, move))
  }
  const finish = (end: ConversationEnd) => {
    if (isOver) return
    isOver = true
    parties.silence()
    ringing?.abort(notNow('a call that is over', 'cancelled'))
    const stays = end.kind === 'moved' ? end.leg : undefined
    const others = [leg, parties.of('aside'), parties.of('third'), parties.of('supervisor')]
    if (end.kind === 'served') void hangUp(call, log)
    for (const other of others) if (other && other !== stays) void hangUp(other, log)
    tell(end)
  }
  const fail = (error: unknown) => finish({ kind: 'failed', reason: reasonOf(error) })

  /** Hands the caller over to this leg and ends this seat's part. */
  const handTo = async (other: Call, by: 'move' | 'third' | 'supervisor', lost?: string) => {
    await bridgeLegs(clock, call, other)
    if (call.signal.aborted || other.signal.aborted) throw notNow('one who hung up', 'hung-up')
    finish({ kind: 'moved', leg: other, by, lost })
  }
  const handToThird = async (lost?: string) => {
    const third = parties.of('third')
    if (!third) throw notNow('nobody else')
    await handTo(third, 'third', lost)
  }
  /** The third is gone or never came; caller and seat stay together. */
  const dropThird = async (reason: string) => {
    const gone = [parties.of('third'), parties.of('aside')]
    for (const party of ['third', 'aside'] as const) parties.put(party, undefined)
    onParty({ who: 'third', is: 'gone', reason })
    for (const one of gone) if (one) void hangUp(one, log)
    const alone = stateAfter(state, 'drop')
    // A telephone that had put the caller on hold for the third still has them on hold.
    const stays = state.isApart && holds.seat ? stateAfter(alone, 'hold') : alone
    await become({ ...stays, isApart: undefined })
  }

  /** Follows a telephone's hold: a party on hold hears music, and a telephone with two calls moves between them. */
  const holdsNow = (which: 'seat' | 'aside', isHeld: boolean) => {
    holds[which] = isHeld
    const move = state.isApart
      ? moveByHolds(state, holds)
      : isHeld
        ? state.phase === 'talking' && 'hold'
        : state.phase === 'held' && 'resume'
    if (move && !isOver) go(move).catch(fail)
  }
  const followHolds = (which: 'seat' | 'aside', own: Call) => {
    own.holds?.on('held', () => holdsNow(which, true))
    own.holds?.on('resumed', () => holdsNow(which, false))
  }
  followHolds('seat', leg)
  /** While a page reloads or a network is lost, those who talk to the seat are told, hear music, and stay with it. */
  const followNetwork = (party: 'seat' | 'aside' | 'third', own: Call) => {
    const note = (isLost: boolean) => {
      if (isOver || parties.of(party) !== own || !parties.note(party, isLost, state)) return
      onParty({ who: party === 'third' ? 'third' : 'seat', is: 'network', isLost })
    }
    own.presence?.on('away', () => note(true))
    own.presence?.on('back', () => note(false))
  }
  followNetwork('seat', leg)
  /** The seat's telephone rings the third by a second call, which ends when either hangs up. */
  const beginAside = (own: Call) => {
    holds.aside = false
    parties.put('aside', own)
    followHolds('aside', own)
    followNetwork('aside', own)
    void own.ended.then(() => {
      if (isOver || parties.of('aside') !== own) return
      if (state.phase === 'calling') ringing?.abort(gaveUp())
      else dropThird('dropped').catch(fail)
    })
  }

  void call.ended.then(() => finish({ kind: 'served' }))
  void leg.ended.then(({ by, reason }) => {
    // The seat may hang up while it moves the call: somebody is being rung for the caller.
    if (isOver || state.phase === 'moving') return
    const lost = by === 'failure' ? `seat-${reason}` : undefined
    if (by === 'them' && clock.monotonicMs() - notMovedAtMs < hangsUpWithinMs && !hasThird(state))
      return finish({ kind: 'returned' })
    // A seat whose phone broke while it talked to one of the two has not brought them together; only joined ones go
    // on.
    const isHanded =
      lost === undefined ? hasThird(state) && state.phase !== 'briefing' : state.phase === 'joined'
    if (isHanded) handToThird(lost).catch(fail)
    else finish(lost === undefined ? { kind: 'served' } : { kind: 'failed', reason: lost })
  })

  const answered = async (third: Third, other: Call) => {
    parties.put('third', other)
    onParty({ who: 'third', is: 'here', leg: other })
    followNetwork('third', other)
    void other.ended.then(({ reason }) => {
      if (!isOver && parties.of('third') === other) dropThird(reason).catch(fail)
    })
    if (third.brief) {
      await go('brief')
      await other.play(await third.brief(other))
      if (parties.of('third') !== other) throw notNow('one who hung up', 'hung-up')
      return go('join')
    }
    await third.aside?.answer()
    if (parties.of('third') !== other) throw notNow('one who hung up', 'hung-up')
    await go('consult')
    third.prove?.(other).catch((error: unknown) => {
      if (!isOver && parties.of('third') === other) dropThird(reasonOf(error)).catch(fail)
    })
  }

  return {
    over,
    state: () => state,
    leg: parties.of,
    async go(move) {
      // It is in that state already.
      if ((move === 'hold' && state.phase === 'held') || (move === 'resume' && state.phase === 'talking'))
        return
      if (state.phase === 'moving') throw notNow('a call that is being moved')
      if (state.isApart) throw notNow('a telephone that has a call for each')
      await go(move)
    },
    async mute(party, isMuted) {
      if (party === 'third' && !hasThird(state)) throw notNow('nobody else')
      const muted = new Set([...state.muted].filter(one => one !== party))
      await become({ ...state, muted: isMuted ? muted.add(party) : muted })
    },
    async move(ring) {
      if (isOver) throw notNow('a call that is over')
      const before = state.phase
      const wasHolding = holds.seat
      const stop = new AbortController()
      const moved = become(stateAfter(state, 'move'))
      ringing = stop
      let other: Call | undefined
      try {
        await moved
        other = await ring(stop.signal)
        stop.signal.throwIfAborted()
        await handTo(other, 'move')
      } catch (error) {
        if (other) await hangUp(other, log)
        if (leg.signal.aborted) finish({ kind: 'returned' })
        else if (!isOver) await go(before === 'talking' ? 'resume' : 'hold')
        if (holds.seat !== wasHolding) holdsNow('seat', holds.seat)
        throw error
      } finally {
        ringing = undefined
      }
    },
    async call(third) {
      if (isOver) throw notNow('a call that is over')
      const stop = new AbortController()
      const { aside } = third
      const called = become(
        aside ? { ...stateAfter(state, 'call-aside'), isApart: true } : stateAfter(state, 'call'),
      )
      if (aside) beginAside(aside)
      ringing = stop
      onParty({ who: 'third', is: 'rung' })
      let other: Call | undefined
      try {
        await called
        other = await third.ring(stop.signal)
        stop.signal.throwIfAborted()
        ringing = undefined
        await answered(third, other)
      } catch (error) {
        const isTheirs = other === undefined || parties.of('third') === other
        if (!isOver && isTheirs && stateIsWith(state)) await dropThird(reasonOf(error))
        else if (other) await hangUp(other, log)
        throw error
      }
    },
    async drop() {
      if (state.phase === 'calling') return ringing?.abort(gaveUp())
      if (!hasThird(state)) throw notNow('nobody else')
      await dropThird('dropped')
    },
    async leave() {
      if (!hasThird(state) || state.phase === 'briefing') throw notNow('nobody else')
      await handToThird()
    },
    async leaveBy(own) {
      const isOwn = own === leg || own === parties.of('aside')
      if (!isOwn || !state.isApart || !hasThird(state)) throw notNow('another call')
      await handToThird()
    },
    async supervise(other, how) {
      const present = parties.of('supervisor')
      if (present && present !== other) throw notNow('another supervisor', 'already-supervised')
      if (isOver) throw notNow('a call that is over')
      if (!present) {
        parties.put('supervisor', other)
        void other.ended.then(() => {
          if (isOver || parties.of('supervisor') !== other) return
          parties.put('supervisor', undefined)
          onParty({ who: 'supervisor', is: 'gone' })
          become({ ...state, supervising: undefined }).catch(fail)
        })
      }
      await become({ ...state, supervising: how })
      if (!present) onParty({ who: 'supervisor', is: 'here' })
    },
    async takeOver() {
      const other = parties.of('supervisor')
      if (!other || (state.phase !== 'talking' && state.phase !== 'held'))
        throw notNow('a call of more than two')
      await handTo(other, 'supervisor')
    },
    cancel: () => ringing?.abort(gaveUp()),
    notMoved() {
      notMovedAtMs = clock.monotonicMs()
    },
  }
}

/** baresip (1.0) hangs up within a round trip when it hears that a transfer failed; an agent takes longer to. */
const hangsUpWithinMs = 700

/** A third is being rung, or is there. */
const stateIsWith = (state: PartyState) => state.phase === 'calling' || hasThird(state)

const gaveUp = () => notNow('a seat that changed its mind', 'cancelled')
