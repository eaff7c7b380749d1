import { cutForSearch, soundOf } from '../chinese/index.ts'
import { longestQuery } from './api.ts'
import { plainOf } from './entry.ts'
import type { Synonyms } from './synonyms.ts'

/** Words of asking itself, which stand in every question. */
const askingWords =
  /请问一下|请问|我想问一下|我想问|想问一下|问一下|咨询一下|咨询|麻烦|帮我|你好|您好|怎么办理|怎么办|怎么弄|怎么走|怎么样|怎么|怎样|如何|什么|哪里|哪儿|能不能|可不可以|可以|是不是|有没有|应该|需要|一下|我们|我家|我的|我想|我要|我|这个|那个|这边|现在|已经|就是|到底|听说|想要|打算|吗|呢|啊|呀|吧|的|了/g
const latin = /[a-z0-9]+/g

/** What is left of a question without the words of asking; all of it where nothing else is there. */
const meantIn = (plain: string) => {
  const left = plain.replaceAll(askingWords, ' ')
  return /\S{2}/.test(left) ? left : plain
}

/** How much a match of each kind of term says. */
const weights = { word: 1, pair: 1, character: 0.25, sound: 0.35 } as const

/** Terms of what is said, each with its weight: words, pairs of characters, single ones, and pairs of sounds for misheard words. */
function termsIn(text: string, withPairs: boolean): Map<string, number> {
  const terms = new Map<string, number>()
  const add = (term: string, weight: number) => {
    if ((terms.get(term) ?? 0) < weight) terms.set(term, weight)
  }
  for (const part of text.split(/\s+/)) {
    for (const word of cutForSearch(part)) if (word.length > 1) add(word, weights.word)
    for (const [word] of part.matchAll(latin)) add(word, weights.word)
    if (!withPairs) continue
    const characters = [...part.replaceAll(latin, '')]
    for (const [at, character] of characters.entries()) {
      add(character, weights.character)
      const next = characters[at + 1]
      if (next !== undefined) {
        add(character + next, weights.pair)
        add(soundsOf(character, next), weights.sound)
      }
    }
  }
  return terms
}

const soundsOf = (one: string, other: string) => `${soundOf(one)}_${soundOf(other)}`

/** What stands in the index of an entry: everything of the phrases, of the text words alone. */
export function indexTerms(phrases: readonly string[], text: string): readonly string[] {
  const terms = new Set(termsIn(plainOf(text), false).keys())
  for (const phrase of phrases) for (const term of termsIn(plainOf(phrase), true).keys()) terms.add(term)
  return [...terms]
}

/** What somebody looks for. */
export type Sought = {
  /** Each term of what they mean, in the words that stand for others, and how much it says. */
  readonly terms: ReadonlyMap<string, number>
  /** Terms by which entries are found beside those: their own words, and others that mean the same. */
  readonly also: ReadonlyMap<string, number>
  readonly looked: number
  readonly cut: boolean
}

/** What is said in words that mean the same comes to one. */
export type Lexicon = {
  /** Of a long text its end: whoever goes on typing, or talking, means what came last. */
  sought(text: string): Sought
  /** What a wording is compared by: pairs of its characters and of their sounds, words of Latin letters, single characters. */
  gramsOf(phrase: string): readonly string[]
}

const mostHeld = 40_000
const alsoWeight = 0.8

export function createLexicon(synonyms: Synonyms): Lexicon {
  const standsFor = new Map(synonyms.flatMap(group => group.map(word => [word, group[0] ?? word] as const)))
  const groupOf = new Map(synonyms.flatMap(group => group.map(word => [word, group] as const)))
  const known = [...standsFor.keys()].toSorted((one, other) => other.length - one.length)
  const any = known.length === 0 ? undefined : new RegExp(known.map(quoted).join('|'), 'g')
  const oneOf = (plain: string) =>
    any === undefined ? plain : plain.replaceAll(any, word => standsFor.get(word) ?? word)
  const grams = new Map<string, readonly string[]>()
  // Each gram once, however many wordings have it.
  const each = new Map<string, string>()
  const one = (gram: string) => {
    const before = each.get(gram)
    if (before === undefined) each.set(gram, gram)
    return before ?? gram
  }

  return {
    sought(text) {
      const whole = text.slice(-4 * longestQuery)
      const all = plainOf(whole)
      const plain = all.slice(-longestQuery)
      const terms = termsIn(meantIn(oneOf(plain)), true)
      const also = new Map<string, number>()
      const add = (words: Iterable<string>) => {
        for (const word of words) if (!terms.has(word)) also.set(word, alsoWeight)
      }
      const found = any === undefined ? [] : [...plain.matchAll(any)].map(([word]) => word)
      if (found.length > 0) add(termsIn(meantIn(plain), false).keys())
      for (const word of new Set(found))
        for (const other of groupOf.get(word) ?? []) add(termsIn(other, false).keys())
      const isCut = text.trim().length > whole.trim().length || all.length > longestQuery
      return { terms, also, looked: plain.length, cut: isCut }
    },
    gramsOf(phrase) {
      const before = grams.get(phrase)
      if (before) return before
      // Some 40 grams each, of those that were compared last.
      if (grams.size >= mostHeld) {
        grams.clear()
        each.clear()
      }
      const made = [...new Set(gramsIn(meantIn(oneOf(plainOf(phrase)))))].map(one)
      grams.set(phrase, made)
      return made
    },
  }
}

const quoted = (word: string) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')

function gramsIn(plain: string): readonly string[] {
  const grams: string[] = []
  const characters = [...plain.replaceAll(latin, '')]
  for (const [word] of plain.matchAll(latin)) grams.push(word)
  for (const [at, character] of characters.entries()) {
    if (character === ' ') continue
    grams.push(character)
    const next = characters[at + 1]
    if (next !== undefined && next !== ' ') grams.push(character + next, soundsOf(character, next))
  }
  return grams
}
