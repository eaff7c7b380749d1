import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { isWordlike } from './text.ts'

let jieba: Jieba | undefined

/** The words of a text. The dictionary is read when it is first asked: half a second. */
export function wordsOf(text: string): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(text, true).filter(isWordlike)
}
