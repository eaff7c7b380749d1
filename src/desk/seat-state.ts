import type { SeatState } from './api.ts'

/**
 * The states of a seat.
 *
 * ```mermaid
 * stateDiagram-v2
 *   signed-out --> ready
 *   signed-out --> away
 *   away --> away
 *   away --> ready
 *   away --> offline
 *   away --> signed-out
 *   away --> calling
 *   offline --> ready
 *   offline --> away
 *   offline --> signed-out
 *   offline --> set-aside
 *   ready --> offered
 *   ready --> calling
 *   ready --> away
 *   ready --> offline
 *   ready --> signed-out
 *   ready --> set-aside
 *   offered --> talking
 *   offered --> calling
 *   offered --> resting
 *   offered --> set-aside
 *   offered --> ready
 *   offered --> away
 *   offered --> offline
 *   offered --> signed-out
 *   calling --> talking
 *   calling --> wrap-up
 *   calling --> resting
 *   calling --> set-aside
 *   calling --> ready
 *   calling --> away
 *   calling --> offline
 *   calling --> signed-out
 *   talking --> wrap-up
 *   talking --> resting
 *   talking --> set-aside
 *   wrap-up --> ready
 *   wrap-up --> away
 *   wrap-up --> offline
 *   wrap-up --> signed-out
 *   wrap-up --> set-aside
 *   wrap-up --> calling
 *   resting --> ready
 *   resting --> away
 *   resting --> offline
 *   resting --> signed-out
 *   resting --> set-aside
 *   resting --> calling
 *   set-aside --> ready
 *   set-aside --> away
 *   set-aside --> signed-out
 * ```
 *
 * - signed-out: nobody is at work there.
 * - away: an agent is at work but takes no calls, for a reason; with another reason the state is entered anew.
 * - offline: the agent takes calls, but the phone has not registered.
 * - ready: idle; gets the next caller unless another seat has been idle longer.
 * - offered: leased to one caller, or to a callback that the hotline leads; the phone rings until it answers or the lease
 *   is over.
 * - calling: rings somebody, and is offered no call until they answer or it gives up.
 * - wrap-up: after a conversation; the agent writes notes until they are done or the time for it is over.
 * - resting: after an offer that it refused, or that failed through no fault of its own; not rung for a while.
 * - set-aside: nobody answered there, or its phone is gone; offered no call until its agent is ready again.
 */
export const seatMoves: Readonly<Record<SeatState, readonly SeatState[]>> = {
  'signed-out': ['ready', 'away'],
  away: ['away', 'ready', 'offline', 'signed-out', 'calling'],
  offline: ['ready', 'away', 'signed-out', 'set-aside'],
  ready: ['offered', 'calling', 'away', 'offline', 'signed-out', 'set-aside'],
  offered: ['talking', 'calling', 'resting', 'set-aside', 'ready', 'away', 'offline', 'signed-out'],
  calling: ['talking', 'wrap-up', 'resting', 'set-aside', 'ready', 'away', 'offline', 'signed-out'],
  talking: ['wrap-up', 'resting', 'set-aside'],
  'wrap-up': ['ready', 'away', 'offline', 'signed-out', 'set-aside', 'calling'],
  resting: ['ready', 'away', 'offline', 'signed-out', 'set-aside', 'calling'],
  'set-aside': ['ready', 'away', 'signed-out'],
}

/** States in which a call has the seat; what is asked for meanwhile is done afterwards. */
export const isBusy = (state: SeatState) => state === 'offered' || state === 'calling' || state === 'talking'

/** States after a call, which end by themselves or by the agent. */
export const isPaused = (state: SeatState) => state === 'wrap-up' || state === 'resting'
