import { readFile } from 'node:fs/promises'
import { Fault, reasonOf } from '../foundation/index.ts'

/** Groups of words that mean the same to people who ask. */
export type Synonyms = readonly (readonly string[])[]

const longest = 20

/**
 * One group per line, words separated by blanks; `#` begins a comment.
 * @throws Fault `knowledge-file` with the line
 */
export function synonymsIn(text: string, place: string): Synonyms {
  const groups: string[][] = []
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const words = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) continue
    const wrong = words.find(word => [...word].length < 2 || [...word].length > longest)
    if (wrong !== undefined || words.length < 2)
      throw new Fault({
        code: 'knowledge-file',
        place: `${place}:${at + 1}`,
        found: JSON.stringify(wrong ?? words.join(' ')),
        expected: `at least two words of 2 to ${longest} characters that mean the same`,
      })
    groups.push(words)
  }
  return groups
}

/** @returns no groups when there is no file. @throws Fault `knowledge-file` */
export async function readSynonyms(file: string): Promise<Synonyms> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return ''
    throw new Fault({
      code: 'knowledge-file',
      place: file,
      found: reasonOf(error),
      expected: 'a file that can be read',
      cause: error,
    })
  })
  return synonymsIn(text, file)
}
