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
 * `served`: one of the two hung up. `moved`: the caller talks to another leg now; `lost` where the seat's phone broke, and
 * whoever else was there goes on with them. `failed`: the seat's phone broke. `returned`: the seat hung up while it moved
 * the call, and nobody took it. After the last two the caller is there and needs a person.
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
  /** What they are told before they are joined; absent where the seat talks to them first. @throws Fault `machine-answered` */
  readonly brief?: (leg: Call) => Promise<readonly Sound[]>
  /** Rejects once it shows that no person is there; settles when that is known, or they left. */
  readonly prove?: (leg: Call) => Promise<void>
  /** The call by which the seat's own telephone rings them, and talks to them; absent where the seat's page asks them in. */
  readonly aside?: Call
}

export type PartyNews =
  | { readonly who: 'third'; readonly is: 'rung' | 'here'; readonly leg?: Call }
  | { readonly who: 'third'; readonly is: 'gone'; readonly reason: string }
  /** Nothing comes of their telephone, and it does not answer; or it does again. */
  | { readonly who: 'seat' | 'third'; readonly is: 'network'; readonly isLost: boolean }
  | { readonly who: 'supervisor'; readonly is: 'here' | 'gone' }

export type Conversation = {
  state(): PartyState
  /** Theirs, while they are there. */
  leg(party: 'third' | 'supervisor'): Call | undefined
  /** @throws Fault `not-now` where that cannot be done now, `bridge-failed` */
  go(move: Extract<TalkMove, 'hold' | 'resume' | 'swap' | 'join' | 'hold-third'>): Promise<void>
  /** @throws Fault `not-now` */
  mute(party: 'caller' | 'third', isMuted: boolean): Promise<void>
  /**
   * Rings somebody else, by a function that gives up with the signal, and hands the caller over once they answer.
   * Rejects when they do not: the caller is then where they were. @throws Fault `not-now`, or what `ring` throws
   */
  move(ring: (signal: AbortSignal) => Promise<Call>): Promise<void>
  /** Rings a third, while the two talk on. Rejects when they are not there: the two stay. @throws Fault `not-now`, or what `ring` throws */
  call(third: Third): Promise<void>
  /** The third goes, or is rung no more, and the caller is back. @throws Fault `not-now` */
  drop(): Promise<void>
  /** The seat goes, and the caller stays with the third. @throws Fault `not-now` */
  leave(): Promise<void>
  /** The same, where this is one of the two calls that the seat's own telephone has. @throws Fault `not-now` */
  leaveBy(own: Call): Promise<void>
  /** A supervisor is with the seat from now on, or in another way. @throws Fault `already-supervised`, `bridge-failed` */
  supervise(leg: Call, how: Supervising): Promise<void>
  /** The supervisor has the caller from now on, in place of the seat. @throws Fault `not-now` */
  takeOver(): Promise<void>
  /** Gives up moving, or ringing a third. */
  cancel(): void
  /** The seat's telephone is told that its transfer came to nothing: one that hangs up at that wanted no end of the call. */
  notMoved(): void
  readonly over: Promise<ConversationEnd>
}

export type ConversationOptions = PartiesOptions & {
  readonly onState: (state: PartyState) => void
  readonly onParty: (news: PartyNews) => void
}

/** From the bridge on, until the seat and the caller have nothing more to do with each other. */
export function openConversation(options: ConversationOptions): Conversation {
  const { call, leg, onState, onParty, clock, log } = options
  const parties = createParties(options)
  let state = firstState
  /** Somebody is rung. */
  let ringing: AbortController | undefined
  /** The seat's telephone has the caller on hold, and whom it rang besides. */
  const holds = { seat: false, aside: false }
  let notMovedAtMs = Number.NEGATIVE_INFINITY
  let isOver = false
  let tell!: (end: ConversationEnd) => void
  const over = new Promise<ConversationEnd>(resolve => {
    tell = resolve
  })

  /** What every move comes to: another state, and everybody hears what it draws. */
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

  /** The caller talks to this leg from now on, and this seat has nothing more to do with them. */
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
  /** The third is not, or no more: the two stay. */
  const dropThird = async (reason: string) => {
    const gone = [parties.of('third'), parties.of('aside')]
    for (const party of ['third', 'aside'] as const) parties.put(party, undefined)
    onParty({ who: 'third', is: 'gone', reason })
    for (const one of gone) if (one) void hangUp(one, log)
    const alone = stateAfter(state, 'drop')
    // A telephone that had the caller on hold for them has them so still.
    const stays = state.isApart && holds.seat ? stateAfter(alone, 'hold') : alone
    await become({ ...stays, isApart: undefined })
  }

  /** A telephone's hold is the desk's: whoever waits there hears music, and it moves between its two calls. */
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
  /** A page that is loaded anew, or a network that is lost: whoever talks to the seat is told, hears music, and stays with it. */
  const followNetwork = (party: 'seat' | 'aside' | 'third', own: Call) => {
    const note = (isLost: boolean) => {
      if (isOver || parties.of(party) !== own || !parties.note(party, isLost, state)) return
      onParty({ who: party === 'third' ? 'third' : 'seat', is: 'network', isLost })
    }
    own.presence?.on('away', () => note(true))
    own.presence?.on('back', () => note(false))
  }
  followNetwork('seat', leg)
  /** The seat's telephone rings somebody by a call of its own, which is over once either of them hangs up. */
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
    // Who is moving the call may hang up: somebody is being rung for the caller.
    if (isOver || state.phase === 'moving') return
    const lost = by === 'failure' ? `seat-${reason}` : undefined
    if (by === 'them' && clock.monotonicMs() - notMovedAtMs < hangsUpWithinMs && !hasThird(state))
      return finish({ kind: 'returned' })
    // Whoever lost their phone while they talked to one of the two had not brought these together.
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
      // What is so already is done.
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

/** baresip (1.0) hangs up by itself, within a round trip, once it hears that a transfer failed. An agent who does takes longer to. */
const hangsUpWithinMs = 700

/** A third is rung, or there. */
const stateIsWith = (state: PartyState) => state.phase === 'calling' || hasThird(state)

const gaveUp = () => notNow('a seat that changed its mind', 'cancelled')
