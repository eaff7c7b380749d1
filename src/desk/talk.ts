import type { Sound } from '../media/index.ts'
import type { Call } from '../telephony/index.ts'
import type { Supervising, TalkAbout, TalkParties, TalkPhase } from './api.ts'
import { notNow } from './party-state.ts'

/** A caller, and why they are with us. */
export type SeatCaller = {
  readonly call: Call
  /** Why they came. */
  readonly reason: string
  readonly about: TalkAbout | undefined
}

/** Somebody who has no seat, by the number that the journal knows them by and the name that people do. */
export type Outsider = {
  readonly number: string
  readonly name: string
  readonly ring: (near: Call, signal: AbortSignal) => Promise<Call>
}

/** The caller that a seat has, and what the seat can do with them. What cannot be done now throws a Fault `not-now`. */
export type SeatTalk = SeatCaller & {
  readonly phase: 'ringing' | TalkPhase
  readonly parties: TalkParties
  /** Whether this is the call of a third who is in the conversation, even on hold. */
  hasThird(call: Call['id']): boolean
  hold(): Promise<void>
  resume(): Promise<void>
  /** @throws Fault `seat-unknown`, `seat-not-ready`; and when it does not answer: the caller is then where they were */
  toSeat(name: string): Promise<void>
  /** @throws what `ring` throws: the caller is then where they were */
  outside(other: Pick<Outsider, 'number' | 'ring'>): Promise<void>
  /**
   * Asks somebody in while the two talk on.
   * @param brief what the hotline tells them before they are joined; absent where the seat talks to them first
   * @throws Fault `seat-not-ready`, `machine-answered`, and what `ring` throws: the two stay
   */
  askIn(whom: { readonly seat: string } | Outsider, brief?: string): Promise<void>
  /**
   * The seat's own telephone rings somebody by a second call, which is answered once they are there, and ends with
   * them.
   * @throws as `askIn`
   */
  askAside(whom: { readonly seat: string } | Outsider, aside: Call): Promise<void>
  swap(): Promise<void>
  join(): Promise<void>
  holdThird(): Promise<void>
  mute(party: 'caller' | 'third', isMuted: boolean): Promise<void>
  /** Drops the third; the caller is back. */
  drop(): Promise<void>
  /** The seat leaves, and the caller stays with the third. */
  leave(): Promise<void>
  /** As `leave`, where `own` is one of the two calls of the seat's own telephone. */
  leaveBy(own: Call): Promise<void>
  /** Asks a supervisor for help, or takes that back. */
  help(isWanted: boolean): void
  /**
   * Rings the seat of a supervisor and puts it beside this one, or changes how it is there.
   * @throws Fault `seat-not-ready`, `already-supervised`, and what ringing throws
   */
  supervise(seat: string, how: Supervising, by: string): Promise<void>
  /** The supervisor who is beside this seat takes the caller. */
  takeOver(seat: string): Promise<void>
  cancel(): void
  /** Its telephone is told that a transfer failed: if it hangs up then, the caller goes to another seat. */
  notMoved(): void
}

export type ThirdNews = 'asked-in' | 'joined' | 'left'

/** What the house can say and hear when somebody is asked in. */
export type ThirdWays = {
  /**
   * Resolves once nobody need listen any more.
   * @param isSpokenTo the hotline speaks first
   * @param onDoubt told that it may be a recording, which the agent can hear best
   * @throws Fault `machine-answered`
   */
  readonly prove: (leg: Call, isSpokenTo: boolean, onDoubt: () => void) => Promise<void>
  /** Each part of the text in the language that it is written in. */
  readonly voice: (text: string) => Promise<readonly Sound[]>
  /** A third from outside joins the caller: tells them what they have to know of the call, as that it is recorded. */
  readonly welcome?: (call: Call, leg: Call) => void
  /** Tells the caller, over what they hear. */
  readonly tell: (call: Call, news: ThirdNews, name: string) => void
  /** What those who talk to a seat are told while its network is lost; written down as said. Never rejects. */
  readonly sorry: (call: Call) => Promise<readonly Sound[]>
}

export const noParties: TalkParties = { muted: [] }

/**
 * The talk of a seat that rings for a caller, or that another seat asked in: it can answer and hang up, and nothing
 * else.
 */
export function boundTalk(
  visit: SeatCaller,
  phase: SeatTalk['phase'],
  parties: TalkParties = noParties,
): SeatTalk {
  const no = async (): Promise<never> => {
    throw notNow(phase === 'ringing' ? 'a phone that rings' : 'a seat that another asked in')
  }
  return {
    ...visit,
    phase,
    parties,
    hasThird: () => false,
    hold: no,
    resume: no,
    toSeat: no,
    outside: no,
    askIn: no,
    askAside: no,
    swap: no,
    join: no,
    holdThird: no,
    mute: no,
    drop: no,
    leave: no,
    leaveBy: no,
    help: () => undefined,
    supervise: no,
    takeOver: no,
    cancel: () => undefined,
    notMoved: () => undefined,
  }
}
