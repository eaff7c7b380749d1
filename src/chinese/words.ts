import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Jieba } from '@node-rs/jieba'

/** 5 MB: read when they are needed. The package's own door to them holds them, and a second file, for good. */
const dictionary = () => readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt'))

let jieba: Jieba | undefined
const opened = () => {
  jieba ??= Jieba.withDict(dictionary())
  return jieba
}

/** The words of a text, one after the other. The dictionary is read when it is first asked: half a second, once a process. */
export const cutWords = (text: string): string[] => opened().cut(text, true)

/** The same, and the shorter words that stand in long ones, as 公积金 in 住房公积金. */
export const cutForSearch = (text: string): string[] => opened().cutForSearch(text, true)

/** How often each single character stands in the texts that the dictionary was counted in. */
export function* characterFrequencies(): Generator<readonly [character: string, often: number]> {
  for (const line of dictionary().toString('utf8').split('\n')) {
    const [word = '', often = ''] = line.split(' ')
    if ([...word].length === 1) yield [word, Number(often)]
  }
}

/** Of these, what the dictionary knows as words, and not as names of places, people and things. */
export function commonAmong(asked: ReadonlySet<string>): ReadonlySet<string> {
  const common = new Set<string>()
  for (const line of dictionary().toString('utf8').split('\n')) {
    const [word = '', , tag = ''] = line.trim().split(' ')
    if (asked.has(word) && !/^n[srtz]/.test(tag)) common.add(word)
  }
  return common
}
