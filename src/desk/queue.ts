import type { Id } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { QueueRules } from './queue-rules.ts'

/** The id of what waits: a call, or a callback that is owed to somebody without a line. */
export type WaitingId = CallId | Id<'back'>

export const isCallback = (id: WaitingId): id is Id<'back'> => id.startsWith('back_')

/** Somebody who waits. While a seat rings for them they keep their place, since that seat may not answer. */
export type Waiting = {
  readonly id: WaitingId
  /** A callback is owed to them: they are rung at their turn. */
  readonly isOwed?: true
  /**
   * Wall time of their INVITE, ms since 1970, or of an earlier one whose place they keep; their waiting counts from
   * it.
   */
  readonly sinceMs: number
  /** Their rank: lower goes first. It does not change with waiting, since all grow older alike. */
  readonly rankMs: number
  /** What they wish the seat to be able to do. */
  readonly skills: readonly string[]
  /** Kept for this seat while it takes calls. */
  readonly seat?: string
  readonly offered: boolean
}

/** Everyone who waits for a person, the first in the queue first. */
export type CallQueue = readonly Waiting[]

/**
 * Priority with ageing, as one number: the INVITE, moved back by what the priority is worth. The bound: a caller of
 * priority `q` overtakes one of priority `p < q` only when they rang at most `(q - p) × pointMs` later, and never
 * when they rang more than `2 × mostAheadMs` later. Within one priority, the INVITE alone decides. At seats that
 * have a rare skill which they wish for, `speakerMs` comes on top, on both bounds.
 */
export const rankOf = (sinceMs: number, priority: number, { pointMs, mostAheadMs }: QueueRules): number =>
  sinceMs - Math.max(-mostAheadMs, Math.min(mostAheadMs, priority * pointMs))

/**
 * Whether those behind it count it for their place. A caller always counts. A callback counts only where the
 * earlier INVITE goes first in any case; else callbacks have their own share of the seats.
 */
export const isAhead = ({ isOwed }: Pick<Waiting, 'isOwed'>, { ledShare }: Pick<QueueRules, 'ledShare'>) =>
  !isOwed || ledShare >= 1

/** Rank of those who were moved to the head, before all others. */
export const headMs = Number.MIN_SAFE_INTEGER

/** Puts a caller at their place; with the rank `headMs` that is the head. */
export function join(queue: CallQueue, caller: Omit<Waiting, 'offered'>): CallQueue {
  return queue.toSpliced(placeFor(queue, caller), 0, { ...caller, offered: false })
}

export function leave(queue: CallQueue, id: WaitingId): CallQueue {
  const at = queue.findIndex(waiting => waiting.id === id)
  return at < 0 ? queue : queue.toSpliced(at, 1)
}

/** Notes that a seat rings for them, or no longer does. */
export function setOffered(queue: CallQueue, id: WaitingId, offered: boolean): CallQueue {
  const at = queue.findIndex(waiting => waiting.id === id)
  const found = queue[at]
  return found ? queue.with(at, { ...found, offered }) : queue
}

/**
 * To the head of the queue, and for one seat alone where it is named. Of several there, the earlier INVITE goes
 * first.
 */
export function moveToHead(queue: CallQueue, id: WaitingId, seat?: string): CallQueue {
  const found = queue.find(waiting => waiting.id === id)
  return found ? join(leave(queue, id), { ...found, rankMs: headMs, seat }) : queue
}

/** Moves them to this rank, unless theirs is lower: they may have been moved to the head. */
export function raise(queue: CallQueue, id: WaitingId, rankMs: number): CallQueue {
  const found = queue.find(waiting => waiting.id === id)
  return found && found.rankMs > rankMs
    ? setOffered(join(leave(queue, id), { ...found, rankMs }), id, found.offered)
    : queue
}

/** Binary search for the place behind everyone who does not come after them. */
function placeFor(queue: CallQueue, caller: Omit<Waiting, 'offered'>): number {
  let low = 0
  let high = queue.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(caller, queue[middle])) high = middle
    else low = middle + 1
  }
  return low
}

const isBefore = (caller: Omit<Waiting, 'offered'>, other: Waiting | undefined): boolean =>
  other !== undefined &&
  (caller.rankMs === other.rankMs ? caller.sinceMs < other.sinceMs : caller.rankMs < other.rankMs)
