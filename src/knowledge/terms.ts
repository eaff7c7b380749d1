import { cutForSearch, soundOf } from '../chinese/index.ts'
import { longestQuery } from './api.ts'
import { plainOf } from './entry.ts'
import type { Synonyms } from './synonyms.ts'

/** Words of asking itself, which stand in every question. */
const askingWords =
  /请问一下|请问|我想问一下|我想问|想问一下|问一下|咨询一下|咨询|麻烦|帮我|你好|您好|怎么办理|怎么办|怎么弄|怎么走|怎么样|怎么|怎样|如何|什么|哪里|哪儿|能不能|可不可以|可以|是不是|有没有|应该|需要|一下|我们|我家|我的|我想|我要|我|这个|那个|这边|现在|已经|就是|到底|听说|想要|打算|吗|呢|啊|呀|吧|的|了/g
/** What is said in every talk, whatever it is about. */
const fillers =
  /喂+|嗯+|哦+|呃+|哎+|哈+|好的|好嘞|知道了|明白了|谢谢您?|再见|没事|稍等|等一下|听不清楚?|没听清楚?|听得到|你说|您说|怎么说|对对+|测试/g
const latin = /[a-z0-9]+/g

/** What is left of a question without the words of asking; all of it where nothing else is there. */
const meantIn = (plain: string) => {
  const said = plain.replaceAll(fillers, ' ')
  const left = said.replaceAll(askingWords, ' ')
  return /\S{2}/.test(left) ? left : said
}

/** How much a match of each kind of gram says. */
const weights = { word: 1.3, latin: 1, pair: 1, character: 0.25, sound: 0.35 } as const

/** What a wording costs whoever has others: as much as its grams say. */
export const costOf = (gram: string): number =>
  gram.includes('_') ? weights.sound : gram.length === 1 ? weights.character : weights.pair

/** Of a single character. */
export const costOfCharacter = weights.character

/** What somebody looks for. */
export type Sought = {
  readonly grams: ReadonlyMap<string, number>
  /** The words themselves without marks, as far as they are looked at. */
  readonly plain: string
  readonly looked: number
  readonly cut: boolean
}

/** What is said in words that mean the same comes to one. */
export type Lexicon = {
  /** Of a long text its end: whoever goes on typing, or talking, means what came last. */
  sought(text: string): Sought
  /** What a wording or a text is compared by, each gram with how much it says. */
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
      // A word tells more than two characters that stand side by side by chance.
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

/** Words of Latin letters, characters, pairs of characters, and pairs of their sounds for words that were misheard. */
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
