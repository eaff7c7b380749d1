import type { OpeningHours } from '../city/index.ts'

/** From and until, in minutes since midnight, the first included. */
export type Span = { readonly fromMinute: number; readonly untilMinute: number }

/** When the hotline is open, and a limit runs. */
export type OpenHours = (Span & { readonly days: 'every' | 'workdays' }) | { readonly byDay: OpeningHours }

/** What a city decides about callbacks. */
export type CallbackRules = {
  /** Until somebody has to be rung, counted in `open` alone. */
  readonly limitMs: number
  /** The same until somebody has looked for a number where there is none that can be rung. */
  readonly findMs: number
  readonly open: OpenHours
  /** When somebody who was not reached is rung again, and the hotline itself rings whoever may be asleep. */
  readonly again: Span
  /** Outside these the hotline itself rings only whoever rang so shortly before: they are taken to be awake. */
  readonly awakeMs: number
  /** Between two tries. */
  readonly apartMs: number
  /** Tries until it is given up, and how many of them on one day. */
  readonly tries: number
  readonly triesADay: number
  /** As many for a number that was keyed in, or that nobody vouches for: it may be a stranger's. */
  readonly keyedTries: number
  /** Somebody who has one and does nothing with it, or does not say what came of it, loses it after so long. */
  readonly takenMs: number
  /** For longer no telephone rings: of whoever has it nothing more is heard, and it is open again. */
  readonly ringingMs: number
  /** Whoever waited longer from the INVITE, and hung up, is owed a callback. */
  readonly abandonedMs: number
  /** Who is told of one that is late. */
  readonly warned: readonly string[]
}

const minuteMs = 60_000

/** 30 minutes and three tries on two days are the promise of the hotline; the rest is DESIGN. */
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
