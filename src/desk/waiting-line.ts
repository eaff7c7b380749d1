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
export type WaitingLine = readonly Waiting[]

/** Puts a caller where the time of their INVITE belongs, which is the head for one who was there before. */
export function join(line: WaitingLine, caller: Omit<Waiting, 'offered'>): WaitingLine {
  const place = line.findIndex(other => isBefore(caller, other))
  return line.toSpliced(place < 0 ? line.length : place, 0, { ...caller, offered: false })
}

export function leave(line: WaitingLine, call: CallId): WaitingLine {
  return line.filter(waiting => waiting.call !== call)
}

/** Notes that a seat rings for them. */
export function setOffered(line: WaitingLine, call: CallId): WaitingLine {
  return line.map(waiting => (waiting.call === call ? { ...waiting, offered: true } : waiting))
}

/** Whose turn it is: the first for whom no seat rings yet. */
export function nextToOffer(line: WaitingLine): Waiting | undefined {
  return line.find(waiting => !waiting.offered)
}

function isBefore(caller: Omit<Waiting, 'offered'>, other: Waiting): boolean {
  return caller.priority === other.priority
    ? caller.invitedAtMs < other.invitedAtMs
    : caller.priority > other.priority
}
