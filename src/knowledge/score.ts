import type { Lexicon, Sought } from './terms.ts'

/** How often a term stands in entries, of how many. */
export type Frequencies = { readonly entries: number; of(term: string): number }

/** What of an entry is compared: how citizens put it, and what is read out. */
export type Phrases = { readonly asked: readonly string[]; readonly text: string }

export type Scored = { readonly score: number; readonly matched: string }

export const idfOf = ({ entries, of }: Frequencies, term: string): number =>
  Math.log(1 + entries / (of(term) + 0.5))

/** Only terms of which wordings are made are compared with them: no words of three characters. */
const isComparable = (term: string) => term.includes('_') || [...term].length <= 2 || /^[a-z0-9]+$/.test(term)

/** Words that no entry has tell of none: they count little against those that have the others. */
const unheard = 0.35

/** How much each term of what is sought says, once for all candidates. */
export function weigh({ terms }: Sought, frequencies: Frequencies) {
  const weights = new Map<string, number>()
  let all = 0
  for (const [term, weight] of terms) {
    if (!isComparable(term)) continue
    const tells = weight * idfOf(frequencies, term)
    if (frequencies.of(term) === 0) all += unheard * tells
    else {
      weights.set(term, tells)
      all += tells
    }
  }
  return { weights, all: Math.max(all, 1e-9), mean: all / Math.max(1, weights.size) }
}
type Weighed = ReturnType<typeof weigh>

/** What each of these says of how well an entry answers; found on reworded questions that were seen, not on those held out. */
const parts = { best: 0.4, tight: 0.2, asked: 0.3, text: 0.1 } as const

/**
 * How well an entry answers: by the best of its wordings, which should hold little else; by all of them together, since
 * people ask for two things at once; and a little by its text.
 */
export function scoreOf(weighed: Weighed, { asked, text }: Phrases, gramsOf: Lexicon['gramsOf']): Scored {
  const { all } = weighed
  const found = new Set<string>()
  let best = 0
  let tightest = 0
  let matched = asked[0] ?? ''
  for (const phrase of asked) {
    const { share, tight } = fit(weighed, gramsOf(phrase), found)
    if (parts.best * share + parts.tight * tight <= parts.best * best + parts.tight * tightest) continue
    best = share
    tightest = tight
    matched = phrase
  }
  if (best === 0) return { score: 0, matched }
  let sum = 0
  for (const term of found) sum += weighed.weights.get(term) ?? 0
  const score =
    parts.best * best +
    parts.tight * tightest +
    parts.asked * Math.min(1, sum / all) +
    parts.text * shareIn(weighed, text)
  return { score: Math.min(1, score), matched }
}

/** How much of it the text says: texts are long, so that their grams are not kept. */
function shareIn({ weights, all }: Weighed, text: string): number {
  let matched = 0
  for (const [term, weight] of weights)
    if (term.length > 1 && !term.includes('_') && text.includes(term)) matched += weight
  return Math.min(1, matched / all)
}

function fit({ weights, all, mean }: Weighed, grams: readonly string[], found: Set<string>) {
  let matched = 0
  let others = 0
  for (const gram of grams) {
    const weight = weights.get(gram)
    if (weight === undefined) others += gram.includes('_') ? 0.35 : gram.length === 1 ? 0.25 : 1
    else {
      matched += weight
      found.add(gram)
    }
  }
  const share = Math.min(1, matched / all)
  return { share, tight: matched === 0 ? 0 : matched / (matched + others * mean) }
}
