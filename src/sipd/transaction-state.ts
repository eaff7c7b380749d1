/**
 * The four transactions of RFC 3261 section 17, with the Accepted states of RFC 6026, as tables. Each state has at
 * most two clocks: one that repeats and one that ends it. A clock that the next state has, too, keeps running.
 *
 * INVITE client (RFC 3261 figure 5, RFC 6026 figure 5)
 *
 *   calling --A--> calling
 *   calling --B,unsendable--> terminated
 *   calling --provisional--> proceeding --provisional--> proceeding --C,unsendable--> terminated
 *   calling --success--> accepted --success,unsendable--> accepted --M--> terminated
 *   calling --failure--> completed --failure--> completed --D,unsendable--> terminated
 *   proceeding --success--> accepted
 *   proceeding --failure--> completed
 *
 * Other client (RFC 3261 figure 6)
 *
 *   trying --E--> trying
 *   trying --F,unsendable--> terminated
 *   trying --provisional--> proceeding --provisional,E--> proceeding --F,unsendable--> terminated
 *   trying --success,failure--> completed --K--> terminated
 *   proceeding --success,failure--> completed
 *
 * INVITE server (RFC 3261 figure 7, RFC 6026 figure 4)
 *
 *   proceeding --request,provisional--> proceeding
 *   proceeding --success--> accepted --request,ack--> accepted --L--> terminated
 *   proceeding --failure--> completed --request,G--> completed --ack--> confirmed --I--> terminated
 *   completed --H,unsendable--> terminated
 *
 * Other server (RFC 3261 figure 8)
 *
 *   trying --provisional--> proceeding --provisional,request--> proceeding
 *   trying --N--> terminated
 *   proceeding --N,unsendable--> terminated
 *   trying --success,failure--> completed --request--> completed --J,unsendable--> terminated
 *   proceeding --success,failure--> completed
 *
 * Answer: a 2xx to INVITE waiting for its ACK, or a reliable provisional response waiting for its PRACK, which the
 * user of the transaction has to repeat (RFC 3261 section 13.3.1.4, RFC 3262 section 3)
 *
 *   waiting --G--> waiting
 *   waiting --ack,H--> terminated
 */

export type Timing = {
  /** Round-trip estimate, 500 ms. */
  readonly t1Ms: number
  /** Longest interval between repetitions, 4 s. */
  readonly t2Ms: number
  /** How long a message stays in the network, 5 s. */
  readonly t4Ms: number
}

/** RFC 3261 table 4. */
export const usualTiming: Timing = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 }

export type TransactionEffect = 'send' | 'resend' | 'deliver' | 'acknowledge' | 'time-out' | 'unreachable'

/** What can happen; timers are called by their letters in RFC 3261 table 4, N is ours. */
export type Event = 'provisional' | 'success' | 'failure' | 'request' | 'ack' | 'unsendable' | Timer

export type Timer = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'N'

type Repeat = { readonly timer: Timer; readonly firstMs: Span; readonly longestMs: Span }
type End = { readonly timer: Timer; readonly afterMs: Span; readonly restarts?: boolean }
type Span = (timing: Timing) => number

export type TransactionPhase = {
  /** Runs on an unreliable transport only, unless `always`. Each interval is twice the last, up to the longest. */
  readonly repeat?: Repeat & { readonly always?: boolean }
  /** `onlyUnreliable`: 0 ms on a reliable transport, where nothing comes twice. */
  readonly end?: End & { readonly onlyUnreliable?: boolean }
  readonly on: Partial<Record<Event, readonly [next: string, ...effects: TransactionEffect[]]>>
}

export type Machine = {
  readonly first: string
  readonly phases: Readonly<Record<string, TransactionPhase>>
}

const t1: Span = timing => timing.t1Ms
const t2: Span = timing => timing.t2Ms
const t4: Span = timing => timing.t4Ms
const t1x64: Span = timing => 64 * timing.t1Ms
/** Over 3 minutes since the last provisional response (RFC 3261 section 16.6, step 11). */
const ringing: Span = timing => 370 * timing.t1Ms
const unbounded: Span = () => Number.POSITIVE_INFINITY

export const inviteClient: Machine = {
  first: 'calling',
  phases: {
    calling: {
      repeat: { timer: 'A', firstMs: t1, longestMs: unbounded },
      end: { timer: 'B', afterMs: t1x64 },
      on: {
        A: ['calling', 'resend'],
        B: ['terminated', 'time-out'],
        unsendable: ['terminated', 'unreachable'],
        provisional: ['proceeding', 'deliver'],
        success: ['accepted', 'deliver'],
        failure: ['completed', 'acknowledge', 'deliver'],
      },
    },
    proceeding: {
      end: { timer: 'C', afterMs: ringing, restarts: true },
      on: {
        C: ['terminated', 'time-out'],
        unsendable: ['terminated', 'unreachable'],
        provisional: ['proceeding', 'deliver'],
        success: ['accepted', 'deliver'],
        failure: ['completed', 'acknowledge', 'deliver'],
      },
    },
    completed: {
      end: { timer: 'D', afterMs: t1x64, onlyUnreliable: true },
      on: { D: ['terminated'], unsendable: ['terminated'], failure: ['completed', 'acknowledge'] },
    },
    accepted: {
      end: { timer: 'M', afterMs: t1x64 },
      on: { M: ['terminated'], success: ['accepted', 'deliver'], unsendable: ['accepted'] },
    },
  },
}

export const otherClient: Machine = {
  first: 'trying',
  phases: {
    trying: {
      repeat: { timer: 'E', firstMs: t1, longestMs: t2 },
      end: { timer: 'F', afterMs: t1x64 },
      on: {
        E: ['trying', 'resend'],
        F: ['terminated', 'time-out'],
        unsendable: ['terminated', 'unreachable'],
        provisional: ['proceeding', 'deliver'],
        success: ['completed', 'deliver'],
        failure: ['completed', 'deliver'],
      },
    },
    proceeding: {
      repeat: { timer: 'E', firstMs: t2, longestMs: t2 },
      end: { timer: 'F', afterMs: t1x64 },
      on: {
        E: ['proceeding', 'resend'],
        F: ['terminated', 'time-out'],
        unsendable: ['terminated', 'unreachable'],
        provisional: ['proceeding', 'deliver'],
        success: ['completed', 'deliver'],
        failure: ['completed', 'deliver'],
      },
    },
    completed: {
      end: { timer: 'K', afterMs: t4, onlyUnreliable: true },
      on: { K: ['terminated'] },
    },
  },
}

export const inviteServer: Machine = {
  first: 'proceeding',
  phases: {
    proceeding: {
      on: {
        request: ['proceeding', 'resend'],
        provisional: ['proceeding', 'send'],
        success: ['accepted', 'send'],
        failure: ['completed', 'send'],
      },
    },
    completed: {
      repeat: { timer: 'G', firstMs: t1, longestMs: t2 },
      end: { timer: 'H', afterMs: t1x64 },
      on: {
        G: ['completed', 'resend'],
        H: ['terminated'],
        unsendable: ['terminated'],
        request: ['completed', 'resend'],
        ack: ['confirmed'],
      },
    },
    confirmed: {
      end: { timer: 'I', afterMs: t4, onlyUnreliable: true },
      on: { I: ['terminated'] },
    },
    accepted: {
      end: { timer: 'L', afterMs: t1x64 },
      on: { L: ['terminated'], request: ['accepted'], ack: ['accepted', 'deliver'] },
    },
  },
}

/** Timer N: the client gave up at its timer F, and nobody hears an answer any more (RFC 4320 section 3). */
export const otherServer: Machine = {
  first: 'trying',
  phases: {
    trying: {
      end: { timer: 'N', afterMs: t1x64 },
      on: {
        N: ['terminated', 'time-out'],
        provisional: ['proceeding', 'send'],
        success: ['completed', 'send'],
        failure: ['completed', 'send'],
      },
    },
    proceeding: {
      end: { timer: 'N', afterMs: t1x64 },
      on: {
        N: ['terminated', 'time-out'],
        unsendable: ['terminated'],
        request: ['proceeding', 'resend'],
        provisional: ['proceeding', 'send'],
        success: ['completed', 'send'],
        failure: ['completed', 'send'],
      },
    },
    completed: {
      end: { timer: 'J', afterMs: t1x64, onlyUnreliable: true },
      on: { J: ['terminated'], unsendable: ['terminated'], request: ['completed', 'resend'] },
    },
  },
}

export const answer = (longest: 't2' | 'unbounded'): Machine => ({
  first: 'waiting',
  phases: {
    waiting: {
      repeat: { timer: 'G', firstMs: t1, longestMs: longest === 't2' ? t2 : unbounded, always: true },
      end: { timer: 'H', afterMs: t1x64 },
      on: { G: ['waiting', 'resend'], H: ['terminated', 'time-out'], ack: ['terminated'] },
    },
  },
})
