import { cutWords } from '../chinese/index.ts'
import { digitOf, flat, numberIn, numeral } from '../triage/index.ts'

/** Whether what a model says stands in the words that it was given. It is the words that are compared, no meaning. */

const isApart = (character: string) => /[\s\p{P}]/u.test(character)

/**
 * Where words stand in a text; blanks, stops, width and case make no difference.
 * @returns `text.slice(from, to)`, or undefined where they do not stand there in one piece
 */
export function findWords(
  text: string,
  words: string,
): { readonly from: number; readonly to: number } | undefined {
  const places: number[] = []
  let bare = ''
  for (const [at, character] of flat(text).split('').entries())
    if (!isApart(character)) {
      bare += character
      places.push(at)
    }
  const wanted = flat(words)
    .split('')
    .filter(character => !isApart(character))
    .join('')
  const at = wanted === '' ? -1 : bare.indexOf(wanted)
  const from = places[at]
  const last = places[at + wanted.length - 1]
  return from === undefined || last === undefined ? undefined : { from, to: last + 1 }
}

/** The digits of a number, however it was said. */
export const digitsIn = (words: string) => [...flat(words)].map(one => digitOf(one) ?? '').join('')

/** Words that say nothing by themselves, and those in which an order is written. */
const glue = new Set(
  '的 了 着 过 地 得 是 在 有 自 起 和 与 及 并 并且 而 且 也 还 就 都 又 把 被 将 对 向 从 到 至 于 由 以 给 为 因 因为 所以 如 如果 若 则 等 其 该 这 那 此 您 你 他 她 它 我 我们 您好 市民 来电人 来电 反映 诉求 表示 称 请 可 可以 并称'.split(
    ' ',
  ),
)

const figure = new RegExp(numeral, 'g')
/** One width, and figures in digits, however they were said. */
const folded = (text: string) =>
  flat(text).replaceAll(figure, said =>
    String(numberIn(said) ?? [...said].map(one => digitOf(one) ?? one).join('')),
  )

/** In these 不 and its like deny nothing. */
const noDenial =
  /是不是|有没有|能不能|会不会|可不可以|要不要|不但|不仅|不光|不过|不好意思|对不起|差不多|不同|无论|特别|区别|分别|别的|别人|个别|级别|未来/g
const denials = (text: string) => [...text.replaceAll(noDenial, '').matchAll(/没有|[没不未无勿别]/g)].length

const clausesOf = (text: string) => text.split(/[，。；！？、,;!?\s]+/).filter(clause => clause !== '')
const wordsOf = (text: string) => cutWords(text).filter(word => ![...word].every(isApart))

/** A figure and what it counts: 3 of 3天 is not that of 3次. */
const figuresOf = (text: string) =>
  [...text.matchAll(/(\d[\d.]*[十百千万亿]*)([^\s\p{P}\d]?)/gu)].map(([, count = '', of = '']) => ({
    count,
    of,
  }))

/**
 * Whether a sentence stands in what it cites: each of its words is there, its figures count the same, and what it denies is
 * denied there. Who means the same by another word is not believed.
 */
export function isBorneOut(sentence: string, basis: string): boolean {
  const said = folded(sentence)
  const ground = folded(basis)
  const words = wordsOf(said)
  if (words.every(word => glue.has(word))) return false
  if (!words.every(word => glue.has(word) || /^\d+$/.test(word) || ground.includes(word))) return false
  const grounded = figuresOf(ground)
  const hasFigure = ({ count, of }: (typeof grounded)[number]) =>
    grounded.some(one => one.count === count && (of === '' || one.of === of))
  if (!figuresOf(said).every(hasFigure)) return false
  const grounds = clausesOf(ground).map(clause => ({ clause, denials: denials(clause) }))
  return clausesOf(said).every(clause => {
    const own = wordsOf(clause).filter(word => !glue.has(word))
    const shared = (of: string) => own.filter(word => of.includes(word)).length
    const most = Math.max(0, ...grounds.map(one => shared(one.clause)))
    const nearest = grounds.filter(one => shared(one.clause) === most)
    return nearest.some(one => one.denials === denials(clause))
  })
}
