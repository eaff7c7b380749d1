import { likenessOf } from '../../triage/index.ts'
import type { RepeatRules } from './rules.ts'

/** What of an order is compared with another. */
export type LikeGround = {
  readonly matter: string
  readonly place: string
  readonly street: string
  readonly kind?: string | undefined
  /** The citizen's numbers: the one that rang, and the one to answer. */
  readonly numbers: readonly string[]
}
export type OrderLikeness = {
  readonly isOwn: boolean
  readonly isOfKind: boolean
  /** Similarity of the texts, 0 to 1. */
  readonly words: number
}

/**
 * How far one order repeats another: similar places and words, with a lower threshold for the same caller or kind;
 * undefined if it does not.
 */
export function likenessIn(
  one: LikeGround,
  other: LikeGround,
  rules: RepeatRules,
): OrderLikeness | undefined {
  const isOwn = one.numbers.some(number => number !== '' && other.numbers.includes(number))
  const isOfKind = one.kind !== undefined && one.kind === other.kind
  const isPlaced = one.street === other.street && placesAlike(one.place, other.place) >= rules.place
  if (!isPlaced) return undefined
  const words = likenessOf(one.matter, other.matter)
  return words >= (isOwn || isOfKind ? rules.wordsOfSame : rules.words)
    ? { isOwn, isOfKind, words }
    : undefined
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
const pairsOf = (text: string) =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))

/** The share of the shorter text's character pairs found in the longer one: 幸福小区 is contained in 幸福小区3号楼. */
export function placesAlike(one: string, other: string): number {
  const [short = new Set(), long = new Set()] = [pairsOf(plain(one)), pairsOf(plain(other))].toSorted(
    (a, b) => a.size - b.size,
  )
  return short.size === 0 ? 0 : [...short].filter(pair => long.has(pair)).length / short.size
}

const mostRead = 400
const mostShared = 5

/** Runs of two or more characters that both texts contain, the longest first; shown to people as the reason. */
export function sharedWords(one: string, other: string): readonly string[] {
  const [own, theirs] = [one, other].map(text => text.normalize('NFKC').toLowerCase().slice(0, mostRead))
  const found: string[] = []
  for (const run of (own ?? '').split(/[^\p{L}\p{N}]+/u))
    for (let from = 0; from < run.length; from++) {
      let until = from
      while (until < run.length && theirs?.includes(run.slice(from, until + 1))) until++
      if (until - from < 2) continue
      found.push(run.slice(from, until))
      from = until - 1
    }
  return [...new Set(found)].toSorted((a, b) => b.length - a.length).slice(0, mostShared)
}
