import type { SeatState } from './api.ts'

/**
 * Where a seat may go from where it is.
 *
 * ```mermaid
 * stateDiagram-v2
 *   away --> ready
 *   away --> offline
 *   offline --> ready
 *   offline --> away
 *   ready --> offered
 *   ready --> away
 *   ready --> offline
 *   offered --> talking
 *   offered --> resting
 *   offered --> ready
 *   offered --> away
 *   offered --> offline
 *   talking --> wrap-up
 *   talking --> resting
 *   wrap-up --> ready
 *   wrap-up --> away
 *   wrap-up --> offline
 *   resting --> ready
 *   resting --> away
 *   resting --> offline
 * ```
 *
 * - away: nobody is there, or they want no calls now.
 * - offline: they want calls, but no phone of theirs has registered.
 * - ready: idle; the next caller is theirs when no other seat has been idle longer.
 * - offered: leased to one caller; the phone rings, until it answers or the lease is over.
 * - wrap-up: after a conversation; notes are written.
 * - resting: after an offer that failed; not rung for a while, so that no caller meets the same dead phone at once again.
 */
export const seatMoves: Readonly<Record<SeatState, readonly SeatState[]>> = {
  away: ['ready', 'offline'],
  offline: ['ready', 'away'],
  ready: ['offered', 'away', 'offline'],
  offered: ['talking', 'resting', 'ready', 'away', 'offline'],
  talking: ['wrap-up', 'resting'],
  'wrap-up': ['ready', 'away', 'offline'],
  resting: ['ready', 'away', 'offline'],
}

/** States in which a call has the seat: what is wished meanwhile is done afterwards. */
export const isBusy = (state: SeatState) => state === 'offered' || state === 'talking'

/** States that end by themselves. */
export const isPaused = (state: SeatState) => state === 'wrap-up' || state === 'resting'
