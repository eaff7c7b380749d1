import type { EmergencyShown, LinesRead, Offering, ReadingRequest } from '../../http/contract.ts'

/** A line of what is said or written, as the house is to read it. */
export type ToRead = {
  readonly id: number
  readonly text: string
  /** Said to the end: what grows is read now and then, what is said at once. */
  readonly isSettled: boolean
}

/** What the agent writes is read as a line, too, before all that is said. */
export const ownLine = 0

/** What was read so far, and of which words. */
export type ReadSoFar = {
  readonly texts: ReadonlyMap<number, string>
  readonly proposals: readonly Offering[]
  readonly emergencies: readonly EmergencyShown[]
}

export const nothingRead: ReadSoFar = { texts: new Map(), proposals: [], emergencies: [] }

/** What is longer is nothing that somebody says in a breath; of what is written the end is read. */
const longest = 1000
/** So many lines are read at once: a page that comes late to a long call reads on until it has all. */
const mostFresh = 7

/**
 * Lines that changed since, the earliest first, and the one before them, in which a number may have begun. What the agent writes
 * comes after what the caller tells: it changes with each key, and whoever writes on would never be told what was said meanwhile.
 */
export function windowOf(
  before: ReadSoFar,
  lines: readonly ToRead[],
): { readonly request: ReadingRequest; readonly fresh: readonly ToRead[] } | undefined {
  const isFresh = ({ id, text }: ToRead) => (before.texts.get(id) ?? '') !== text
  const told = lines.findIndex(line => line.id !== ownLine && isFresh(line))
  const first = told >= 0 ? told : lines.findIndex(isFresh)
  if (first < 0) return undefined
  const isOwn = lines[first]?.id === ownLine
  const fresh = isOwn ? lines.slice(first, first + 1) : lines.slice(first, first + mostFresh)
  const context = lines[first - 1]
  const shown = context && context.id !== ownLine ? [context, ...fresh] : fresh
  return {
    request: {
      lines: shown.map(({ id, text }) => ({
        id,
        text: id === ownLine ? text.slice(-longest) : text.slice(0, longest),
      })),
    },
    fresh: fresh.map(line => ({ ...line })),
  }
}

/** After the house has read: what was found in these lines before is gone, whatever stands in others stays. */
export function readAs(before: ReadSoFar, fresh: readonly ToRead[], answer: LinesRead): ReadSoFar {
  const ids = new Set(fresh.map(({ id }) => id))
  const texts = new Map(before.texts)
  for (const { id, text } of fresh) texts.set(id, text)
  const outside = <One extends { readonly line: number }>(all: readonly One[]) =>
    all.filter(({ line }) => !ids.has(line))
  // What begins in the line before and is whole only now: a number that was said with a pause.
  const others = <One extends Offering | EmergencyShown>(all: readonly One[], known: readonly One[]) =>
    all.filter(
      one => ids.has(one.line) || (one.words.includes('\n') && !known.some(other => isSame(one, other))),
    )
  const proposals = outside(before.proposals)
  const emergencies = outside(before.emergencies)
  return {
    texts,
    proposals: [...proposals, ...others(answer.proposals, proposals)].toSorted(byPlace),
    emergencies: [...emergencies, ...others(answer.emergencies, emergencies)].toSorted(byPlace),
  }
}

type Placed = { readonly line: number; readonly from: number }
const byPlace = (one: Placed, other: Placed) => one.line - other.line || one.from - other.from
const isSame = (one: Placed & { readonly words: string }, other: Placed & { readonly words: string }) =>
  one.line === other.line && one.from === other.from && one.words === other.words
