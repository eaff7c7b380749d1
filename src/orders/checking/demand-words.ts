import { characterFrequencies, cutWords } from '../../chinese/index.ts'
import type { ClosingRules } from './rules.ts'

/** As many of the commonest characters stand in texts about anything. Measured on the closings of the tests. */
const commonest = 200
const han = /^\p{Script=Han}+$/u

let plain: ReadonlySet<string> | undefined
/** Characters that tell nothing of what a text is about; the dictionary is read when they are first asked for. */
function plainCharacters(): ReadonlySet<string> {
  plain ??= new Set(
    [...characterFrequencies()]
      .toSorted((one, other) => other[1] - one[1])
      .slice(0, commonest)
      .map(([character]) => character),
  )
  return plain
}

/** What is asked for, one after the other: all of it, and from each word on that asks for something more. */
export function partsOf(matter: string, { further }: Pick<ClosingRules, 'further'>): readonly string[] {
  const parts: string[] = []
  for (const clause of matter.split(/[，。；！？,;!?\n]/)) {
    const isFurther = further.some(word => clause.trimStart().startsWith(word))
    if (isFurther || parts.length === 0) parts.push(clause)
    else parts[parts.length - 1] += `，${clause}`
  }
  return parts
}

/** Words of a demand that an answer would take up: none of asking itself, and none that say where it is. */
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

/** Whether a word comes up in a text: as it stands, or one of its characters that tell something, as 暖 of 暖气 in 供暖. */
export const comesUp = (word: string, text: string): boolean =>
  text.includes(word) || tellingIn(word).some(character => text.includes(character))
