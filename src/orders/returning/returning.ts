import type { ReturnOutcome } from './api.ts'

/** One return by a unit, and its outcome. */
export type Returning = {
  /** The event of the request; in histories from before the review, of the move. */
  readonly seq: number
  readonly from: string
  /** The unit that it names. */
  readonly target: string
  readonly ground: string
  /** Since when the order has been at this unit undecided: since it came, or since its last return was decided. */
  readonly sinceMs: number
  readonly askedAtMs: number
  /** When the centre ordered a site check; absent without one. */
  readonly siteAtMs?: number
  readonly decided?: {
    readonly atMs: number
    readonly outcome: ReturnOutcome
    /** The unit that has it afterwards. */
    readonly to: string
  }
}

/** The last return, if it is undecided. */
export const openReturn = (returns: readonly Returning[]): Returning | undefined => {
  const last = returns.at(-1)
  return last?.decided === undefined ? last : undefined
}

/** Since when it has been undecided whether an order stays at its unit. */
export function lyingSince(returns: readonly Returning[], unit: string, unitSinceMs: number): number {
  const last = returns.at(-1)
  return Math.max(unitSinceMs, last?.from === unit ? (last.decided?.atMs ?? 0) : 0)
}

/** Settles the open return; without one, returns are unchanged. */
export function withDecided(
  returns: readonly Returning[],
  decided: NonNullable<Returning['decided']>,
): readonly Returning[] {
  const open = openReturn(returns)
  return open ? [...returns.slice(0, -1), { ...open, decided }] : returns
}

/** The time lost by a return: until it was decided where the order belongs. */
export const lostMs = ({ sinceMs, decided }: Returning, nowMs: number): number =>
  (decided?.atMs ?? nowMs) - sinceMs
