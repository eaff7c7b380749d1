/** Whose words a line holds. Each leg has its own stream, so that this is known and never guessed. */
export type Speaker = 'system' | 'citizen' | 'seat'

/**
 * `speech` comes from a recognizer, `prompt` is the exact text of what the house plays, `key` a key of the telephone,
 * `event` what happens beside words, `typed` what somebody types, character by character.
 */
export type LineKind = 'speech' | 'prompt' | 'key' | 'event' | 'typed'

/** A word that a person put right. Offsets in UTF-16 units of the line's text as it reads now. */
export type Fix = { readonly from: number; readonly to: number; readonly was: string }

/** One line of the call, as it reads now. */
export type Line = {
  /** 1, 2, … in the order in which lines began; it never changes, so that no line jumps. */
  readonly id: number
  readonly who: Speaker
  readonly kind: LineKind
  readonly text: string
  /** The same in English, of what the house itself words. */
  readonly english?: string
  /** What happened, of an event. */
  readonly event?: EventName
  /** Said to the end: from now on only a fix changes it. */
  readonly settled: boolean
  /** When its sound begins and ends, in ms since the INVITE. */
  readonly startMs: number
  readonly endMs: number
  /** The recognizer was not sure of it. */
  readonly unsure?: boolean
  /** It was spoken into the call by a voice. */
  readonly voiced?: boolean
  readonly fixes?: readonly Fix[]
}

export type EventName =
  | 'music'
  | 'waiting'
  | 'connected'
  | 'seat-left'
  | 'seat-away'
  | 'seat-back'
  | 'caller-away'
  | 'caller-back'
  | 'hold'
  | 'resumed'
  | 'recording'
  | 'gap'
  | 'deaf'
  | 'switched'
  | 'hears-again'
  | 'no-recognizer'
  | 'captions-on'
  | 'captions-wrong'
  | 'person-asked'
  | 'not-voiced'
  | 'ended'

/**
 * The `n`th change of a transcript: this line reads like this now. A change holds the whole line, so that a later one
 * of the same line makes the earlier ones worthless, and a reader who was away needs only the latest of each.
 */
export type Change = { readonly n: number; readonly line: Line }

/** What a reader sees who took in these changes, in order, some of them perhaps twice. */
export function linesOf(changes: readonly Change[]): readonly Line[] {
  const lines = new Map<number, Line>()
  for (const { line } of changes) lines.set(line.id, line)
  return [...lines.values()].sort((one, two) => one.id - two.id)
}

/** How many characters a change of text brings, and how many it takes back that were shown already. */
export function rewriting(before: string, after: string): { readonly shown: number; readonly taken: number } {
  const was = [...before]
  const is = [...after]
  let same = 0
  while (same < was.length && was[same] === is[same]) same++
  return { shown: is.length - same, taken: was.length - same }
}

/**
 * The line with one stretch of its text put right; undefined when it does not read so there.
 * @param at where it stands, in UTF-16 units; the first place where it does when absent.
 */
export function fixLine(
  line: Line,
  found: string,
  becomes: string,
  at = line.text.indexOf(found),
): Line | undefined {
  if (found === '' || at < 0 || !line.text.startsWith(found, at)) return undefined
  const end = at + found.length
  const grows = becomes.length - found.length
  // What was fixed within this stretch is part of the new fix; what stands behind it moves along.
  const others = (line.fixes ?? [])
    .filter(fix => fix.to <= at || fix.from >= end)
    .map(fix => (fix.from >= end ? { ...fix, from: fix.from + grows, to: fix.to + grows } : fix))
  const fix: Fix = { from: at, to: at + becomes.length, was: found }
  const text = line.text.slice(0, at) + becomes + line.text.slice(end)
  return { ...line, text, fixes: [...others, fix].sort((one, two) => one.from - two.from) }
}
