import type { ReturnOutcome } from './api.ts'

/** One try of a unit to send an order on, and what became of it. */
export type Returning = {
  /** The event that asked for it, or, in histories before returns were reviewed, that moved it at once. */
  readonly seq: number
  readonly from: string
  /** Whose the unit says it is. */
  readonly target: string
  readonly ground: string
  /** Since when the order has lain there undecided: since that unit had it, or since its last return was decided. */
  readonly sinceMs: number
  readonly askedAtMs: number
  /** When somebody is to have looked at the place; absent unless the centre wants that. */
  readonly siteAtMs?: number
  readonly decided?: {
    readonly atMs: number
    readonly outcome: ReturnOutcome
    /** Who has it from then on. */
    readonly to: string
  }
}

/** The last one, while nobody has decided. */
export const openReturn = (returns: readonly Returning[]): Returning | undefined => {
  const last = returns.at(-1)
  return last?.decided === undefined ? last : undefined
}

/** Since when an order lies at its unit without anybody having said whether it stays there. */
export function lyingSince(returns: readonly Returning[], unit: string, unitSinceMs: number): number {
  const last = returns.at(-1)
  return Math.max(unitSinceMs, last?.from === unit ? (last.decided?.atMs ?? 0) : 0)
}

/** As they are once the open one is decided; as they were where none is. */
export function withDecided(
  returns: readonly Returning[],
  decided: NonNullable<Returning['decided']>,
): readonly Returning[] {
  const open = openReturn(returns)
  return open ? [...returns.slice(0, -1), { ...open, decided }] : returns
}

/** How long an order lay where it stayed or did not belong: until somebody said whose it is. */
export const lostMs = ({ sinceMs, decided }: Returning, nowMs: number): number =>
  (decided?.atMs ?? nowMs) - sinceMs
