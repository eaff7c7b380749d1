import { distance } from 'fastest-levenshtein'

/** The word most like `given`, if one is like enough to have been meant. */
export function suggest(given: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map(word => ({ word, letters: distance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((one, other) => one.letters - other.letters)
  return best && best.letters <= Math.ceil(given.length / 3) ? best.word : undefined
}

/** `a, b or c; did you mean "b"?` */
export function oneOf(given: string, known: readonly string[]): string {
  const meant = suggest(given, known)
  const list = known.length > 0 ? `one of ${known.join(', ')}` : 'nothing here'
  return meant === undefined ? list : `${list}; did you mean "${meant}"?`
}
