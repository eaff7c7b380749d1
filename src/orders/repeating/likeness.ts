import { likenessOf } from '../../triage/index.ts'
import type { RepeatRules } from './rules.ts'

/** What of an order is held against another. */
export type LikeGround = {
  readonly matter: string
  readonly place: string
  readonly street: string
  readonly kind?: string | undefined
  /** Who told it: the numbers that rang, or are to be answered. */
  readonly numbers: readonly string[]
}
export type OrderLikeness = {
  readonly isOwn: boolean
  readonly isOfKind: boolean
  /** From 0 to 1. */
  readonly words: number
}

/** How far one order repeats another: told in like words, of one place or by one caller; undefined where it does not. */
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

/** Of the shorter one's pairs of characters, the share that the other has: 幸福小区 stands in 幸福小区3号楼. */
export function placesAlike(one: string, other: string): number {
  const [short = new Set(), long = new Set()] = [pairsOf(plain(one)), pairsOf(plain(other))].toSorted(
    (a, b) => a.size - b.size,
  )
  return short.size === 0 ? 0 : [...short].filter(pair => long.has(pair)).length / short.size
}

const mostRead = 400
const mostShared = 5

/** Runs of two characters or more that stand in both, the longest first: what a person reads as the reason. */
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
