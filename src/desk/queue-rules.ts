/** What a city decides of its queue for a person. */
export type QueueRules = {
  /** What one point of priority is worth, in ms of waiting. */
  readonly pointMs: number
  /** No priority is worth more than this. */
  readonly mostAheadMs: number
  /** For how long after the INVITE a skill is insisted on; `otherMs` for those that are not named. */
  readonly insist: { readonly otherMs: number; readonly bySkill: Readonly<Record<string, number>> }
  /** For how long a place is kept for a caller who was cut off or gave up; 0: not at all. */
  readonly redialMs: number
}

/** DESIGN: a minute is worth two points, so that an elder caller (10) goes before those who rang up to five minutes earlier. */
export const ordinaryRules: QueueRules = {
  pointMs: 30_000,
  mostAheadMs: 900_000,
  insist: { otherMs: 60_000, bySkill: {} },
  redialMs: 600_000,
}
