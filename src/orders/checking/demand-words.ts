import { characterFrequencies, cutWords } from '../../chinese/index.ts'
import type { ClosingRules } from './rules.ts'

/** The most frequent characters, found in texts about anything. Measured on the closings of the tests. */
const commonest = 200
const han = /^\p{Script=Han}+$/u

let plain: ReadonlySet<string> | undefined
/** Characters that say nothing about a text's subject; the dictionary is read on first use. */
function plainCharacters(): ReadonlySet<string> {
  plain ??= new Set(
    [...characterFrequencies()]
      .toSorted((one, other) => other[1] - one[1])
      .slice(0, commonest)
      .map(([character]) => character),
  )
  return plain
}

/** The parts of a demand: a new one begins at each word that introduces a further request. */
export function partsOf(matter: string, { further }: Pick<ClosingRules, 'further'>): readonly string[] {
  const parts: string[] = []
  for (const clause of matter.split(/[，。；！？,;!?\n]/)) {
    const isFurther = further.some(word => clause.trimStart().startsWith(word))
    if (isFurther || parts.length === 0) parts.push(clause)
    else parts[parts.length - 1] += `，${clause}`
  }
  return parts
}

/** The words of a demand that an answer should take up: not those of asking itself, and not the place. */
export function tellingWords(
  part: string,
  place: string,
  { background, further }: Pick<ClosingRules, 'background' | 'further'>,
): readonly string[] {
  const isLeft = (word: string) =>
    han.test(word) &&
    !place.includes(word) &&
    !background.includes(word) &&
    !further.includes(word) &&
    (word.length > 1 || tellingIn(word).length > 0)
  return [...new Set(cutWords(part))].filter(isLeft)
}

const tellingIn = (word: string) => [...word].filter(character => !plainCharacters().has(character))

/** Whether a text contains the word, or one of its telling characters, for example 暖 of 暖气 in 供暖. */
export const comesUp = (word: string, text: string): boolean =>
  text.includes(word) || tellingIn(word).some(character => text.includes(character))
