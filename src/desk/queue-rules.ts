/** A city's rules of its queue for a person. */
export type QueueRules = {
  /** What one point of priority is worth, in ms of waiting. */
  readonly pointMs: number
  /** No priority is worth more than this. */
  readonly mostAheadMs: number
  /** How long after the INVITE a skill is insisted on; `otherMs` for skills that are not named. */
  readonly insist: { readonly otherMs: number; readonly bySkill: Readonly<Record<string, number>> }
  /**
   * What a wish for a rare skill is worth, in ms of waiting, at the seats that have it: those speakers are for such
   * callers, while callers without a wish have all the other seats. A skill is rare when at most half of the seats
   * that take calls have it.
   */
  readonly speakerMs: number
  /** How long a place is kept for a caller who was cut off or gave up; 0: not at all. */
  readonly redialMs: number
  /** A priority that any caller may ask for by a key counts from this long after the INVITE on. */
  readonly claimMs: number
  /**
   * While callers wait on the line, at most this share of the seats serves callbacks that the hotline leads, from 0
   * to 1; 1: the earlier INVITE goes first, on the line or not.
   */
  readonly ledShare: number
}

/**
 * DESIGN: a minute is worth two points, so that an elder caller (10) goes before those who rang up to five minutes
 * earlier. A language is insisted on for as long as a caller may wait and still be answered within 15 s; a signing
 * caller cannot be served by a seat that does not sign. On a day of 10,000 calls with a threefold surge, insisting
 * for 60 s and keeping no speakers made Cantonese callers wait 30 s and English ones 36 s, and others 16 s; with
 * these rules they wait 13, 14 and 17 s, and 71 and 56 % of them instead of 77 and 63 % are answered in their
 * language (`npm run bench queue`).
 */
export const ordinaryRules: QueueRules = {
  pointMs: 30_000,
  mostAheadMs: 900_000,
  insist: { otherMs: 10_000, bySkill: { sign: 300_000 } },
  speakerMs: 300_000,
  redialMs: 600_000,
  claimMs: 60_000,
  ledShare: 0.25,
}
