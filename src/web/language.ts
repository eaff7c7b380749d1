import { type Language, type Words, wordsIn } from '../http/words/words.ts'
import { keep, kept } from './kept.ts'

export type { Words }

const chosen = 'language'

/** Chinese first: a page is zh-CN unless its reader chose English, here (`?lang=en`) or on an earlier page. */
function languageOf(search: string): Language {
  const asked = new URLSearchParams(search).get('lang')
  if (asked === 'en' || asked === 'zh-CN') keep(chosen, asked)
  return (asked ?? kept(chosen)) === 'en' ? 'en' : 'zh-CN'
}

export const language = languageOf(location.search)

/** The words in this page's language. */
export const say = (words: Words): string => words[language]

/** All of them in this page's language. */
export const sayAll = <Key extends string>(all: Readonly<Record<Key, Words>>) => wordsIn(language, all)
