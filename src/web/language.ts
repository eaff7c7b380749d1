import { keep, kept } from './kept.ts'

/** Chinese first: a page is zh-CN unless its reader chose English, here (`?lang=en`) or on an earlier page. */
export type Language = 'zh-CN' | 'en'

/** One thing to say, in both languages. */
export type Words = Readonly<Record<Language, string>>

const chosen = 'language'

function languageOf(search: string): Language {
  const asked = new URLSearchParams(search).get('lang')
  if (asked === 'en' || asked === 'zh-CN') keep(chosen, asked)
  return (asked ?? kept(chosen)) === 'en' ? 'en' : 'zh-CN'
}

export const language = languageOf(location.search)

/** The words in this page's language. */
export const say = (words: Words): string => words[language]
