import type { OpeningHours } from '../city/index.ts'

/** Minutes since midnight; `fromMinute` is inclusive. */
export type Span = { readonly fromMinute: number; readonly untilMinute: number }

/** When the hotline is open, and limits run. */
export type OpenHours = (Span & { readonly days: 'every' | 'workdays' }) | { readonly byDay: OpeningHours }

/** A city's rules for callbacks. */
export type CallbackRules = {
  /** Until they have to be rung, counting only time in `open`. */
  readonly limitMs: number
  /** The same, until somebody has looked for a missing number. */
  readonly findMs: number
  readonly open: OpenHours
  /** The hours for repeated attempts, and for the hotline's own calls to people who may be asleep. */
  readonly again: Span
  /** Outside those hours, the hotline itself rings only people who rang this recently and so are awake. */
  readonly awakeMs: number
  /** Least time between two attempts. */
  readonly apartMs: number
  /** Attempts until it is given up, and the most on one day. */
  readonly tries: number
  readonly triesADay: number
  /** Attempts for a number that was keyed in or that nobody vouches for: it may be a stranger's. */
  readonly keyedTries: number
  /** A holder who does nothing with it, or enters no outcome, loses it after this time. */
  readonly takenMs: number
  /** No telephone rings longer; a holder not heard of by then loses it. */
  readonly ringingMs: number
  /** A caller who waited longer than this from the INVITE and hung up is owed a callback. */
  readonly abandonedMs: number
  /** Whom to tell of a late one. */
  readonly warned: readonly string[]
}

const minuteMs = 60_000

/** 30 minutes and three attempts on two days are the hotline's promise; the rest is DESIGN. */
export const ordinaryCallbackRules: CallbackRules = {
  limitMs: 30 * minuteMs,
  findMs: 8 * 60 * minuteMs,
  open: { fromMinute: 0, untilMinute: 1440, days: 'every' },
  again: { fromMinute: 9 * 60, untilMinute: 20 * 60 },
  awakeMs: 60 * minuteMs,
  apartMs: 60 * minuteMs,
  tries: 3,
  triesADay: 2,
  keyedTries: 2,
  takenMs: 15 * minuteMs,
  ringingMs: 2 * minuteMs,
  abandonedMs: 10_000,
  warned: [],
}
