/** What a field of an order may be filled with. */
export type ReadField =
  | 'phone'
  | 'order'
  | 'plate'
  | 'amount'
  | 'temperature'
  | 'since'
  | 'often'
  | 'affected'
  | 'elder'
  | 'keyword'
  | 'place'

/** A value, and the words that it came from: `text.slice(from, to)`. */
export type FieldProposal = {
  readonly field: ReadField
  readonly value: string
  readonly words: string
  readonly from: number
  readonly to: number
}

export function proposalAt(
  field: ReadField,
  value: string,
  text: string,
  from: number,
  to: number,
): FieldProposal {
  return { field, value, words: text.slice(from, to), from, to }
}

/** One width and one case, each character in its place, so that what is found there stands in the text at the same offset. */
export const flat = (text: string): string =>
  text
    .replaceAll(/[\uFF01-\uFF5E]/g, character => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replaceAll(/[a-z]/g, letter => letter.toUpperCase())

const clauseEnd = /[,.，。！？!?；;：:\n、]/

/** What is said in one breath around a place in the text: what stands beyond a stop says nothing of it. */
export function clauseAround(
  text: string,
  from: number,
  to: number,
): { readonly before: string; readonly after: string } {
  let [start, end] = [from, to]
  while (start > 0 && !clauseEnd.test(text[start - 1]!)) start--
  while (end < text.length && !clauseEnd.test(text[end]!)) end++
  return { before: text.slice(start, from), after: text.slice(to, end) }
}

/** What is said right after that breath. */
export function clauseAfter(text: string, to: number): string {
  let start = to
  while (start < text.length && !clauseEnd.test(text[start]!)) start++
  let end = start + 1
  while (end < text.length && !clauseEnd.test(text[end]!)) end++
  return text.slice(start + 1, end)
}

/** What was said just before that breath. */
export function clauseBefore(text: string, from: number): string {
  let end = from
  while (end > 0 && !clauseEnd.test(text[end - 1]!)) end--
  let start = end - 1
  while (start > 0 && !clauseEnd.test(text[start - 1]!)) start--
  return end <= 0 ? '' : text.slice(Math.max(0, start), end)
}

/** "Not", right before what it denies; `是不是` and `有没有` ask. */
const denial =
  /(没有|没|不是|并非|未|不曾|无|别|不会|不用|没见|没听说|没听说过|没说)(再|被|发生|出现|什么|任何|人|叫|打|喊|拨)?$/
const asking = /(是不是|有没有|会不会|能不能)(再|被|发生|出现)?$/

/** 煤气味倒没有. */
export const isDeniedAfter = (after: string): boolean =>
  /^(倒|倒是|也|都|已经|现在)?(没有|没了|散了|不是)(?!人|修|停|管|来|解决)/.test(after)

export const isDenied = (before: string): boolean => denial.test(before) && !asking.test(before)

/** 两千六，不对，两千四; "不是" alone takes nothing back where a sentence begins with it (停水三天了，不是欠费). */
const takenBack =
  /^[^,，。！？!?;；\n]{0,3}[\s,，。、]{0,2}[啊呃嗯哦哎噢唉]{0,2}[\s,，。、]{0,2}(不对(?!劲|头|外)|说错|错了|记错|不是[\s,，。、]+(是|应该是|现在)?)/

export const isTakenBack = (text: string, to: number): boolean => takenBack.test(text.slice(to, to + 16))

/** What is told by others, or played, is not the caller's. */
const hearsay =
  /新闻|电视|电影|小说|报道|视频(里|上)|网上|抖音|广播|宣传|演练|演习|培训|讲座|传单|标语|预案|案例/

export const isHearsay = (words: string): boolean => hearsay.test(words)
