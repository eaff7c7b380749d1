/** The word most like `given`, if one is like enough to have been meant. */
export function suggest(given: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map(word => ({ word, distance: editDistance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
  return best && best.distance <= Math.ceil(given.length / 3) ? best.word : undefined
}

/** `a, b or c; did you mean "b"?` */
export function oneOf(given: string, known: readonly string[]): string {
  const meant = suggest(given, known)
  const list = known.length > 0 ? `one of ${known.join(', ')}` : 'nothing here'
  return meant === undefined ? list : `${list}; did you mean "${meant}"?`
}

/** Letters to insert, drop or change (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [down, letter] of [...from].entries()) {
    const above = row
    row = [down + 1]
    for (const [across, other] of [...to].entries()) {
      const change = (above[across] ?? 0) + (letter === other ? 0 : 1)
      row.push(Math.min(change, (above[across + 1] ?? 0) + 1, (row[across] ?? 0) + 1))
    }
  }
  return row[to.length] ?? 0
}
