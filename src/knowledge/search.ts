import type { Queries } from '../storage/index.ts'
import { allTerms, anyTerm, type Candidate, selectCandidates, selectFrequencies } from './index-store.ts'
import { type Frequencies, idfOf, type Scored, scoreOf, weigh } from './score.ts'
import type { Lexicon, Sought } from './terms.ts'

/** So many entries are compared by each of two ways. */
const mostCandidates = 120
/** Terms that stand in more entries than this find too many by themselves; two of them together find fewer. */
const rare = 120
const mostRareTerms = 40
const mostCommonTerms = 6
/** Below it the words fit by chance. Lower finds more of the reworded questions, and more for whoever asks what no city answers. */
export const leastScore = 0.15

export type Hit = Candidate & Scored

/**
 * Which entries are worth comparing: those with a rare term, and those with two of the telling ones.
 * @returns tsqueries
 */
export function questionsOf(sought: Sought, frequencies: Frequencies): readonly string[] {
  const telling = [...sought.terms, ...sought.also]
    .filter(([term]) => frequencies.of(term) > 0)
    .map(([term, weight]) => ({
      term,
      count: frequencies.of(term),
      tells: weight * idfOf(frequencies, term),
    }))
    .toSorted((one, other) => other.tells - one.tells)
  const few: string[] = []
  let held = 0
  for (const { term, count } of telling) {
    if (few.length === mostRareTerms || count > rare || held + count > 2 * rare) continue
    few.push(term)
    held += count
  }
  const common = telling.filter(({ term }) => !few.includes(term)).slice(0, mostCommonTerms)
  const pairs = common.flatMap(({ term }, at) =>
    common.slice(at + 1).map(other => allTerms([term, other.term])),
  )
  const alone = common.length === 1 && few.length === 0 ? common.map(({ term }) => allTerms([term])) : []
  const together = [...pairs, ...alone]
  return [...(few.length > 0 ? [anyTerm(few)] : []), ...(together.length > 0 ? [together.join(' | ')] : [])]
}

/** Of whatever long text, so many terms are looked at: those that tell most. */
const mostTerms = 90

export function narrowed(sought: Sought, frequencies: Frequencies): Sought {
  if (sought.terms.size <= mostTerms) return sought
  const telling = [...sought.terms]
    .map(([term, weight]) => ({
      term,
      weight,
      tells: frequencies.of(term) === 0 ? 0 : weight * idfOf(frequencies, term),
    }))
    .toSorted((one, other) => other.tells - one.tells)
    .slice(0, mostTerms)
  return { ...sought, terms: new Map(telling.map(({ term, weight }) => [term, weight])) }
}

/** The best of what answers now, the best first; nothing where nothing fits. */
export async function searchIn(
  queries: Queries,
  text: string,
  {
    lexicon,
    at,
    district,
    limit,
  }: {
    readonly lexicon: Lexicon
    readonly at: Date
    readonly district?: string
    readonly limit: number
  },
): Promise<{ readonly hits: readonly Hit[]; readonly looked: number; readonly cut: boolean }> {
  const sought = lexicon.sought(text)
  const { looked, cut } = sought
  if (sought.terms.size === 0) return { hits: [], looked, cut }
  const frequencies = await selectFrequencies(queries, [...sought.terms.keys(), ...sought.also.keys()])
  const narrow = narrowed(sought, frequencies)
  const questions = questionsOf(narrow, frequencies)
  if (questions.length === 0) return { hits: [], looked, cut }
  const found = await selectCandidates(queries, questions, { at, district, limit: mostCandidates })
  return { hits: ranked(found, narrow, { frequencies, lexicon, limit }), looked, cut }
}

/** @returns those that fit well enough, the best first */
export function ranked<One extends { readonly asked: readonly string[]; readonly text: string }>(
  candidates: readonly One[],
  sought: Sought,
  {
    frequencies,
    lexicon,
    limit,
  }: { readonly frequencies: Frequencies; readonly lexicon: Lexicon; readonly limit: number },
): readonly (One & Scored)[] {
  const weighed = weigh(sought, frequencies)
  return candidates
    .map(one => ({ ...one, ...scoreOf(weighed, one, lexicon.gramsOf) }))
    .filter(({ score }) => score >= leastScore)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, limit)
}
