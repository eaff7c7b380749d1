/** Chinese first: a page is zh-CN unless its reader chose English, here (`?lang=en`) or on an earlier page. */
export type Language = 'zh-CN' | 'en'

/** One thing to say, in both languages. */
export type Words = Readonly<Record<Language, string>>

const kept = 'language'

export function languageOf(search: string, storage: Pick<Storage, 'getItem' | 'setItem'>): Language {
  const asked = new URLSearchParams(search).get('lang')
  if (asked === 'en' || asked === 'zh-CN') storage.setItem(kept, asked)
  return (asked ?? storage.getItem(kept)) === 'en' ? 'en' : 'zh-CN'
}

export const language = languageOf(location.search, localStorage)

/** The words in this page's language. */
export const say = (words: Words): string => words[language]
