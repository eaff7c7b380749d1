import { isWordlike } from './text.ts'

/** What a text may be, the surest first. */
export type Suggestion = {
  readonly found: readonly { readonly label: string; readonly sure: number }[]
  /** "I don't know": what was found is no more than a place to begin to look. */
  readonly isUnsure: boolean
}

/** The surest labels, the surest first. */
export function foundBy(labels: readonly string[], shares: Float64Array, most = 5): Suggestion['found'] {
  const best: number[] = []
  for (let at = 0; at < shares.length; at++) {
    if (best.length === most && shares[at]! <= shares[best[most - 1]!]!) continue
    let place = best.length
    while (place > 0 && shares[best[place - 1]!]! < shares[at]!) place--
    best.splice(place, 0, at)
    if (best.length > most) best.pop()
  }
  return best.map(at => ({ label: labels[at] ?? '', sure: shares[at]! }))
}

/** A piece of the text, and how much it spoke for what was suggested; below 0, against it. */
export type Weighed = { readonly words: string; readonly weight: number }

/** The pieces that weighed most, each said once: of 停水 and 又停水 the one that weighs more. */
export function reasonsOf(weighed: ReadonlyMap<string, number>, most: number): readonly Weighed[] {
  const kept: Weighed[] = []
  const byWeight = [...weighed]
    .filter(([words]) => words.length > 1 && [...words].every(isWordlike))
    .sort(([, one], [, other]) => Math.abs(other) - Math.abs(one))
  for (const [words, weight] of byWeight) {
    if (kept.length === most) break
    if (weight === 0 || kept.some(other => other.words.includes(words) || words.includes(other.words)))
      continue
    kept.push({ words, weight })
  }
  return kept
}
