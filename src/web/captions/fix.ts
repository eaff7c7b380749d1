import type { FromSeatPage } from '../../http/contract.ts'

type Fix = Extract<FromSeatPage, { kind: 'fix' }>

/** Both halves of a character beyond the first 65,536 (an emoji, a rare name). */
const isHalf = (text: string, at: number) => /[\ud800-\udfff]/.test(text[at] ?? '')

/** The shortest stretch whose change makes a line read as it should; undefined when it does already. */
export function fixOf(line: number, before: string, after: string): Fix | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head] && !isHalf(before, head)) head++
  let tail = 0
  while (
    tail < most - head &&
    before.at(-1 - tail) === after.at(-1 - tail) &&
    !isHalf(before, before.length - 1 - tail)
  )
    tail++
  // The house looks for what was there: an insertion takes its neighbour along.
  if (head + tail === before.length && head > 0) head--
  else if (head + tail === before.length && tail > 0) tail--
  return {
    kind: 'fix',
    line,
    at: head,
    found: before.slice(head, before.length - tail),
    becomes: after.slice(head, after.length - tail),
  }
}
