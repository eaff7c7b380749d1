/** Chinese first. */
export type Language = 'zh-CN' | 'en'

/** One thing to say, in every language: a missing one does not compile. */
export type Words = Readonly<Record<Language, string>>

export const both = (chinese: string, english: string): Words => ({ 'zh-CN': chinese, en: english })

/** What all of them are in one language. */
export function wordsIn<Key extends string>(
  language: Language,
  all: Readonly<Record<Key, Words>>,
): Readonly<Record<Key, string>> {
  return Object.fromEntries(
    Object.entries<Words>(all).map(([key, words]) => [key, words[language]]),
  ) as Record<Key, string>
}
