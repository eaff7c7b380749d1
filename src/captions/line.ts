import type { CaptionLine, Fix } from './api.ts'

/**
 * The `n`th change of a transcript: this line reads like this now. A change holds the whole line, so that a later one
 * of the same line makes the earlier ones worthless, and a reader who was away needs only the latest of each.
 */
export type Change = { readonly n: number; readonly line: CaptionLine }

/** What a reader sees who took in these changes, in order, some of them perhaps twice. */
export function linesOf(changes: readonly Change[]): readonly CaptionLine[] {
  const lines = new Map<number, CaptionLine>()
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
  line: CaptionLine,
  found: string,
  becomes: string,
  at = line.text.indexOf(found),
): CaptionLine | undefined {
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
