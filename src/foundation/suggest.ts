import { distance } from 'fastest-levenshtein'

/** Known words by edit distance from `given`, ignoring case; the nearest first. */
const byLikeness = (given: string, known: readonly string[]) =>
  known
    .map(word => ({ word, letters: distance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((one, other) => one.letters - other.letters)

/**
 * The known word nearest to `given`, if it is near enough to have been meant. @param mostLetters the greatest edit
 * distance, ignoring case
 */
export function suggest(
  given: string,
  known: readonly string[],
  mostLetters = Math.ceil(given.length / 3),
): string | undefined {
  const [best] = byLikeness(given, known)
  return best && best.letters <= mostLetters ? best.word : undefined
}

/** The `most` nearest words, the nearest first. */
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
