import { mostAssistedCharacters, mostAssistedLines, type Offering } from '../../http/contract.ts'
import type { ReadSoFar } from './reading.ts'
import { keyOf } from './take.ts'

type SaidLine = { readonly id: number; readonly text: string }
const longest = 1_000

/** What a language model is sent of a call: from the first line on, as far as it is read. */
export function toSend(lines: readonly SaidLine[]) {
  let length = 0
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ id, text }) => ({ id, text: text.slice(0, longest) }))
    .filter(({ text }) => {
      length += text.length
      return length <= mostAssistedCharacters
    })
    .slice(0, mostAssistedLines)
}

/**
 * What was drafted beside what was read, by the same door: what the house has read itself goes before the same of the
 * model, and what a caption no longer says is offered no more.
 */
export function withDrafted(
  read: ReadSoFar,
  drafted: readonly Offering[],
  lines: readonly SaidLine[],
): ReadSoFar {
  const known = new Set(read.proposals.map(keyOf))
  const isSaid = ({ line, from, words: said }: Offering) =>
    lines.some(({ id, text }) => id === line && text.startsWith(said, from))
  const more = drafted.filter(one => !known.has(keyOf(one)) && isSaid(one))
  return more.length === 0 ? read : { ...read, proposals: [...more, ...read.proposals] }
}
