import { distance } from 'fastest-levenshtein'

/** Words by how many letters they differ from `given`, the likest first. */
const byLikeness = (given: string, known: readonly string[]) =>
  known
    .map(word => ({ word, letters: distance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((one, other) => one.letters - other.letters)

/** The word most like `given`, if one is like enough to have been meant. @param mostLetters that may differ, small or capital */
export function suggest(
  given: string,
  known: readonly string[],
  mostLetters = Math.ceil(given.length / 3),
): string | undefined {
  const [best] = byLikeness(given, known)
  return best && best.letters <= mostLetters ? best.word : undefined
}

/** The likest of many, the likest first. */
export const nearest = (given: string, known: readonly string[], most: number): readonly string[] =>
  byLikeness(given, known)
    .slice(0, most)
    .map(({ word }) => word)

/** `a, b or c; did you mean "b"?` */
export function oneOf(given: string, known: readonly string[]): string {
  const meant = suggest(given, known)
  const list = known.length > 0 ? `one of ${known.join(', ')}` : 'nothing here'
  return meant === undefined ? list : `${list}; did you mean "${meant}"?`
}
