import { cutForSearch, soundOf } from '../chinese/index.ts'
import { longestQuery } from './api.ts'
import { plainOf } from './entry.ts'
import type { Synonyms } from './synonyms.ts'

/** Words of asking itself, which occur in every question. */
const askingWords =
  /请问一下|请问|我想问一下|我想问|想问一下|问一下|咨询一下|咨询|麻烦|帮我|你好|您好|怎么办理|怎么办|怎么弄|怎么走|怎么样|怎么|怎样|如何|什么|哪里|哪儿|能不能|可不可以|可以|是不是|有没有|应该|需要|一下|我们|我家|我的|我想|我要|我|这个|那个|这边|现在|已经|就是|到底|听说|想要|打算|吗|呢|啊|呀|吧|的|了/g
/** Words that occur in every conversation, whatever it is about. */
const fillers =
  /喂+|嗯+|哦+|呃+|哎+|哈+|好的|好嘞|知道了|明白了|谢谢您?|再见|没事|稍等|等一下|听不清楚?|没听清楚?|听得到|你说|您说|怎么说|对对+|测试/g
const latin = /[a-z0-9]+/g

/** The question without the words of asking; all of it when nothing else is left. */
const meantIn = (plain: string) => {
  const said = plain.replaceAll(fillers, ' ')
  const left = said.replaceAll(askingWords, ' ')
  return /\S{2}/.test(left) ? left : said
}

/** How much a match of each kind of gram tells. */
const weights = { word: 1.3, latin: 1, pair: 1, character: 0.25, sound: 0.35 } as const

/** Cost of a gram that a wording has and the question lacks. */
export const costOf = (gram: string): number =>
  gram.includes('_') ? weights.sound : gram.length === 1 ? weights.character : weights.pair

/** Cost of a single character. */
export const costOfCharacter = weights.character

/** A search text, cut into grams. */
export type Sought = {
  readonly grams: ReadonlyMap<string, number>
  /** The text without punctuation, as far as it is searched. */
  readonly plain: string
  readonly looked: number
  readonly cut: boolean
}

/** Cuts texts into grams; synonyms count as one word. */
export type Lexicon = {
  /** Takes the end of a long text: people who go on typing or talking mean what came last. */
  sought(text: string): Sought
  /** The grams by which a wording or a text is compared, each with its weight. */
  gramsOf(phrase: string): ReadonlyMap<string, number>
}

export function createLexicon(synonyms: Synonyms): Lexicon {
  const standsFor = new Map(synonyms.flatMap(group => group.map(word => [word, group[0] ?? word] as const)))
  const known = [...standsFor.keys()].toSorted((one, other) => other.length - one.length)
  const any = known.length === 0 ? undefined : new RegExp(known.map(quoted).join('|'), 'g')
  const oneOf = (plain: string) =>
    any === undefined ? plain : plain.replaceAll(any, word => standsFor.get(word) ?? word)

  return {
    sought(text) {
      const whole = text.slice(-4 * longestQuery)
      const all = plainOf(whole)
      const plain = all.slice(-longestQuery)
      const grams = new Map(gramsIn(meantIn(oneOf(plain))))
      // A word tells more than two characters that are side by side by chance.
      for (const part of meantIn(oneOf(plain)).split(/\s+/))
        for (const word of cutForSearch(part))
          if (grams.get(word) === weights.pair) grams.set(word, weights.word)
      const isCut = text.trim().length > whole.trim().length || all.length > longestQuery
      return { grams, plain, looked: plain.length, cut: isCut }
    },
    gramsOf: phrase => gramsIn(meantIn(oneOf(plainOf(phrase)))),
  }
}

const quoted = (word: string) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')

/** Latin words, characters, pairs of characters, and pairs of their sounds, which match misheard words. */
function gramsIn(plain: string): Map<string, number> {
  const grams = new Map<string, number>()
  for (const part of plain.split(' ')) {
    for (const [word] of part.matchAll(latin)) grams.set(word, weights.latin)
    const characters = [...part.replaceAll(latin, '')]
    for (const [at, character] of characters.entries()) {
      grams.set(character, weights.character)
      const next = characters[at + 1]
      if (next === undefined) continue
      grams.set(character + next, weights.pair)
      grams.set(`${soundOf(character)}_${soundOf(next)}`, weights.sound)
    }
  }
  return grams
}
