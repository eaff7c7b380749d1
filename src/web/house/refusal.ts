import { type RefusalCode, refusalWords } from '../../http/words/refusals.ts'
import { both } from '../../http/words/words.ts'
import { say } from '../language.ts'

const said = {
  ...refusalWords,
  silent: both('网络断开，请稍后再试', 'No network: try again later'),
  // A proxy in front of the house answers in its place, or the house is of a later build than this page.
  unforeseen: both(
    '热线没有正常应答，请刷新页面再试',
    'The hotline gave no usable answer: reload and try again',
  ),
}

/** What a page is refused by: any code of the house, or no answer of it at all. */
export type PageRefusal = RefusalCode | keyof typeof said

const isKnown = (code: string): code is PageRefusal => Object.hasOwn(said, code)

/** Why it was refused, for people. @param own what this page says better, knowing what its reader is about */
export function refusalOf(code: string, own: Readonly<Partial<Record<PageRefusal, string>>> = {}): string {
  const known = isKnown(code) ? code : 'unforeseen'
  return own[known] ?? say(said[known])
}
