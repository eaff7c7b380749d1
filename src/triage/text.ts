/** No more of a text is looked at: what somebody wants is said by then, and ten thousand words cost what two thousand do. */
const longestText = 2000

/** As it is compared: one width, one case, no blanks. A line's end stays, since nothing reads across it. */
export const normal = (text: string): string =>
  text
    .slice(0, 2 * longestText)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\S\n]+/g, '')
    .slice(0, longestText)

/** Every run of `from` to `to` characters within a line, with repeats. */
export function gramsOf(text: string, from: number, to: number): string[] {
  const grams: string[] = []
  for (const line of text.split('\n'))
    for (let start = 0; start < line.length; start++)
      for (let size = from; size <= to && start + size <= line.length; size++)
        grams.push(line.slice(start, start + size))
  return grams
}

/** How often each stands there. */
export function countsOf<Key>(keys: Iterable<Key>): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** What carries no meaning of its own, so that it is no reason for a kind. */
export const isWordlike = (gram: string): boolean => /[\p{L}\p{N}]/u.test(gram)
