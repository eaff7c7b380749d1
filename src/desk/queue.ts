import type { CallId } from '../telephony/index.ts'

/** One who waits. While a seat rings for them they keep their place, since that seat may not answer. */
export type Waiting = {
  readonly call: CallId
  /** Higher is served first; 0 for most. */
  readonly priority: number
  /** Wall time of the INVITE, ms since 1970: waiting counts from there, whatever came in between. */
  readonly invitedAtMs: number
  readonly offered: boolean
}

/** Everyone who waits for a person, first first: by priority, then by INVITE. */
export type CallQueue = readonly Waiting[]

/** Puts a caller where the time of their INVITE belongs, which is the head for one who was there before. */
export function join(queue: CallQueue, caller: Omit<Waiting, 'offered'>): CallQueue {
  const place = queue.findIndex(other => isBefore(caller, other))
  return queue.toSpliced(place < 0 ? queue.length : place, 0, { ...caller, offered: false })
}

export function leave(queue: CallQueue, call: CallId): CallQueue {
  return queue.filter(waiting => waiting.call !== call)
}

/** Notes that a seat rings for them. */
export function setOffered(queue: CallQueue, call: CallId): CallQueue {
  return queue.map(waiting => (waiting.call === call ? { ...waiting, offered: true } : waiting))
}

/** Whose turn it is: the first for whom no seat rings yet. */
export function nextToOffer(queue: CallQueue): Waiting | undefined {
  return queue.find(waiting => !waiting.offered)
}

function isBefore(caller: Omit<Waiting, 'offered'>, other: Waiting): boolean {
  return caller.priority === other.priority
    ? caller.invitedAtMs < other.invitedAtMs
    : caller.priority > other.priority
}
