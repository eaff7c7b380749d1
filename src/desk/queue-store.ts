import type { Offer } from './decision.ts'
import type { CallQueue, Waiting, WaitingId } from './queue.ts'
import type { QueueSeat } from './skills.ts'

/**
 * Where the queue is kept. Its methods are asynchronous, so that nodes can share one queue; requests about one
 * caller take effect in the order in which they were made. It ignores callers that it does not know.
 */
export type QueueStore = {
  /**
   * Puts a caller at their place.
   * @param isBack they had a place before, and get one now however full the queue is
   * @returns their place from 1, as they are told it; undefined where the queue is full
   */
  enter(caller: Omit<Waiting, 'offered'>, isBack?: boolean): Promise<number | undefined>
  /**
   * Sets who is owed a callback: each stands at the place of their INVITE among the callers, and takes no caller's
   * place in a full queue. One for whom a seat is held stays until they leave.
   */
  owe(owed: readonly Omit<Waiting, 'offered'>[]): Promise<void>
  leave(id: WaitingId): Promise<void>
  /** Decides and records who is offered to whom in one step, so that nobody is offered twice. */
  offer(seats: readonly QueueSeat[], nowMs: number): Promise<readonly Offer[]>
  /** The seat did not take them: they wait on at their place. */
  putBack(id: WaitingId): Promise<void>
  /**
   * To the head, and for one seat only where it is named. @returns false when they do not wait, or a seat rings for
   * them
   */
  move(id: WaitingId, seat?: string): Promise<boolean>
  /** Moves them to the place of this rank where that is further to the front, even while a seat rings for them. */
  raise(id: WaitingId, rankMs: number): Promise<void>
  /** Everyone who waits, the first in the queue first, including those for whom a seat rings. */
  waiting(): Promise<CallQueue>
}
