import type { Events, Id, Mailbox } from '../foundation/index.ts'
import type {
  Frame,
  Key,
  KeySource,
  PlayEnd,
  PlayOptions,
  Quality,
  Recording,
  Sound,
} from '../media/index.ts'
import type { AnsweredBy } from './amd/amd.ts'

export type CallId = Id<'call'>

/** A key pressed, once, however it reached us. */
export type KeyPress = {
  readonly key: Key
  readonly source: KeySource | 'info'
  /** Monotonic. */
  readonly atMs: number
  /** Told as it was let go, so long after it went down. */
  readonly heldMs?: number
  /** Told twice: as it goes down and as it comes up. */
  readonly phase?: 'down' | 'up'
}

/** Why a call is over. */
export type CallEnd = {
  /** Who ended it: the other end, we, or a failure in between. */
  readonly by: 'them' | 'us' | 'failure'
  readonly reason: EndReason
  /** Absent where there was no media. */
  readonly quality?: Quality
}

export type EndReason =
  | 'hung-up'
  | 'cancelled' // they gave up before the answer
  | 'refused' // we did not take it: full, no common codec, shutting down
  | 'busy'
  | 'no-answer'
  | 'unreachable'
  | 'media-timeout'
  | 'worker-died'
  | 'process-died' // and another has found that
  | 'signalling-lost' // the SIP server went away, or no ACK came

/** Of an end that comes and goes within its call. */
export type PresenceNotices = {
  /** It is not there to hear or say anything, and may be in some seconds; the call is over if not. */
  readonly away: Record<never, never>
  readonly back: Record<never, never>
}

/** Of a telephone with a key for it. */
export type HoldNotices = {
  /** It has put us on hold: nothing that we say is heard there. */
  readonly held: Record<never, never>
  readonly resumed: Record<never, never>
}

/** Why we do not take, or do not go on with, a call; each line says it in its protocol's words. */
export type HangupReason = 'done' | 'full' | 'no-common-codec' | 'not-found' | 'declined' | 'shutting-down'

/**
 * One call on some line, ours to answer or already answered by the other end. Everything that is asked of a call
 * that has ended resolves as ended; nothing throws because a caller hung up.
 */
export type Call = {
  readonly id: CallId
  /** Name of its line. */
  readonly line: string
  readonly direction: 'in' | 'out'
  /** The number that rings; empty when withheld. Never logged. */
  readonly caller: string
  /** What the caller's end calls itself, where it does: for the eye, and proof of nothing. Never logged. */
  readonly callerName?: string
  /** What the caller's end says it speaks, where it does (BCP 47). */
  readonly language?: string
  /** False where anybody can have said that it is this number that rings: see `provedCaller`. */
  readonly isProved?: false
  /** The number that was rung. */
  readonly called: string
  /** Wall time of the INVITE, ms since 1970: where every clock about this call starts. */
  readonly invitedAtMs: number
  /** Every key of the whole call, in order, until taken: type-ahead is never lost. */
  readonly keys: Mailbox<KeyPress>
  /** Resolves when the call is over, however it ended. */
  readonly ended: Promise<CallEnd>
  /** Aborts at that same moment. */
  readonly signal: AbortSignal
  /** Who came to a phone that we rang, where the network itself listens for that; `unsure` once the call is over. */
  readonly answeredBy?: Promise<AnsweredBy>
  /** Where the other end is a page, which people load anew. */
  readonly presence?: Events<PresenceNotices>
  /** Where the other end is a seat's telephone, which can put us on hold. */
  readonly holds?: Events<HoldNotices>

  answer(): Promise<void>
  /** Plays to the other end, replacing what plays; `lost` once the call is over. A call that still rings is answered. */
  play(sounds: readonly Sound[], options?: PlayOptions): Promise<PlayEnd>
  /** Says this over whatever is heard, which then goes on where it was. */
  interject(sounds: readonly Sound[]): void
  /** The same where people talk: nobody is cut short by it, and it comes after what is being said so. */
  announce(sounds: readonly Sound[]): void
  /** Lets the two hear each other until one ends or is played to. Keys are still heard. @throws Fault `bridge-failed` */
  bridge(other: Call): Promise<void>
  /**
   * Lets the other end hear these and nobody else, their voices together; with nobody, what plays goes on. Who hears it is
   * for their own rows to say; rows given at once hold at once. Whoever has ended is left out. @throws Fault `bridge-failed`
   */
  listenTo(others: readonly Call[]): Promise<void>
  tap(listen: (frame: Frame) => void): () => void
  record(path: string, signal?: AbortSignal): Promise<Recording>
  hangup(reason?: HangupReason): Promise<void>
}

/** Whom we may dial: a seat's phone, or a number through the configured trunk. Made inside the house only. */
export type Destination =
  | { readonly kind: 'seat'; readonly name: string; readonly contact: string }
  | { readonly kind: 'number'; readonly number: string }

export type DialOptions = {
  /** What the phone shows as the caller. */
  readonly from?: { readonly number: string; readonly name?: string }
  /** The call it will be bridged with: its media is opened in the same worker. */
  readonly near?: Call
  /** How long it may ring. */
  readonly ringMs: number
  /** What leads the call of a citizen whom we ring, empty for a person: it counts as one that we made, answered or not. */
  readonly flow?: string
  /**
   * What it is dialled for, when that is work that may be done anew after a crash. A job is rung once at most by lines
   * whose network would ring it again (Twilio's); another attempt is another job.
   */
  readonly job?: string
  /**
   * A transfer key of their own (REFER): whom they dialled, which is text that they chose. Absent: they move nobody.
   * It rejects when nobody was moved.
   */
  readonly onTransfer?: (dialled: string) => Promise<void>
  /**
   * The same key after asking first (Replaces): the call of ours that it is to take over, whoever has it. Absent: as above. It rejects
   * when nobody was moved.
   */
  readonly onHandOver?: (named: Call) => Promise<void>
  /** Gives up: CANCEL while it rings; `dial` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export type LineNotices = {
  /** The line can, or can no longer, take and make calls. */
  readonly up: Record<never, never>
  readonly down: { readonly reason: string }
}

/** A way calls come in and go out. One contract, one suite of tests over all of them. */
export type Line = {
  readonly name: string
  readonly notices: Events<LineNotices>
  /** Whether it can take and make calls now. */
  isUp(): boolean
  /** Dials, and resolves once answered. @throws Fault `busy`, `no-answer`, `rejected`, `unreachable`, `trunk-failed`, `line-down`, `no-trunk`, `already-dialled` */
  dial(to: Destination, options: DialOptions): Promise<Call>
  /** Calls up now. */
  size(): number
  /** Calls that came and were not taken, by the protocol's status. */
  refused?(): Readonly<Record<string, number>>
  close(): Promise<void>
}
