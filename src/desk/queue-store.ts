import type { Offer } from './decision.ts'
import type { CallQueue, Waiting, WaitingId } from './queue.ts'
import type { QueueSeat } from './skills.ts'

/**
 * Where the queue is kept. Its door is asynchronous, so that nodes can share one queue; what is asked about one caller
 * takes effect in the order in which it was asked. Whom it does not know it leaves alone.
 */
export type QueueStore = {
  /**
   * Puts a caller where they belong.
   * @param isBack they had a place before, and have one now however full it is
   * @returns their place from 1, as they are told it; undefined where the queue is full
   */
  enter(caller: Omit<Waiting, 'offered'>, isBack?: boolean): Promise<number | undefined>
  /**
   * These are owed a callback, and nobody else is: each stands at the place of their INVITE, beside the callers, and takes
   * the place of none of them in a full queue. One for whom a seat is held stays until they leave.
   */
  owe(owed: readonly Omit<Waiting, 'offered'>[]): Promise<void>
  leave(id: WaitingId): Promise<void>
  /** Decides, and notes who is offered to whom, in one step: nobody is offered twice. */
  offer(seats: readonly QueueSeat[], nowMs: number): Promise<readonly Offer[]>
  /** The seat did not take them: they wait on where they are. */
  putBack(id: WaitingId): Promise<void>
  /** To the head, and for one seat where it is named. @returns false when they do not wait, or a seat rings for them */
  move(id: WaitingId, seat?: string): Promise<boolean>
  /** To the place of this rank where that is further to the front, whether or not a seat rings for them. */
  raise(id: WaitingId, rankMs: number): Promise<void>
  /** Everyone, first first, also for whom a seat rings. */
  waiting(): Promise<CallQueue>
}
