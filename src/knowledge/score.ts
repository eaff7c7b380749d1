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

/** How much each term of what is sought says, once for all candidates. */
export function weigh({ terms }: Sought, frequencies: Frequencies) {
  const weights = new Map(
    [...terms].flatMap(([term, weight]) =>
      isComparable(term) ? [[term, weight * idfOf(frequencies, term)] as const] : [],
    ),
  )
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  return { weights, all: Math.max(all, 1e-9), mean: all / Math.max(1, weights.size) }
}
type Weighed = ReturnType<typeof weigh>

/**
 * How well an entry answers: by the best of its wordings, so that one with many is not preferred, and a little by
 * its text. What is asked has to be in the wording, and the wording should hold little else.
 */
export function scoreOf(weighed: Weighed, { asked, text }: Phrases, gramsOf: Lexicon['gramsOf']): Scored {
  let best: Scored = { score: 0, matched: asked[0] ?? '' }
  for (const phrase of asked) {
    const { share, tight } = fit(weighed, gramsOf(phrase))
    const score = 0.65 * share + 0.25 * tight
    if (score > best.score) best = { score, matched: phrase }
  }
  if (best.score === 0) return best
  return { score: Math.min(1, best.score + 0.1 * shareIn(weighed, text)), matched: best.matched }
}

/** How much of it the text says: texts are long, so that their grams are not kept. */
function shareIn({ weights, all }: Weighed, text: string): number {
  let matched = 0
  for (const [term, weight] of weights)
    if (term.length > 1 && !term.includes('_') && text.includes(term)) matched += weight
  return Math.min(1, matched / all)
}

function fit({ weights, all, mean }: Weighed, found: readonly string[]) {
  let matched = 0
  let others = 0
  for (const gram of found) {
    const weight = weights.get(gram)
    if (weight === undefined) others += gram.includes('_') ? 0.35 : gram.length === 1 ? 0.25 : 1
    else matched += weight
  }
  const share = Math.min(1, matched / all)
  return { share, tight: matched === 0 ? 0 : matched / (matched + others * mean) }
}
