import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { isWordlike } from './text.ts'

let jieba: Jieba | undefined

/** The words of a text. The dictionary is read when it is first asked: half a second. */
export function wordsOf(text: string): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(text, true).filter(isWordlike)
}

/** How often each single character stands in the texts that the dictionary was counted in. */
export function* characterFrequencies(): Generator<readonly [character: string, often: number]> {
  for (const line of new TextDecoder().decode(dict).split('\n')) {
    const [word = '', often = ''] = line.split(' ')
    if ([...word].length === 1) yield [word, Number(often)]
  }
}
