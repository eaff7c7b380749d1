import type { Language, Words } from '../../foundation/schema.ts'

export type { Language, Words }

export const both = (chinese: string, english: string): Words => ({ 'zh-CN': chinese, en: english })

/** The texts of one language. */
export function wordsIn<Key extends string>(
  language: Language,
  all: Readonly<Record<Key, Words>>,
): Readonly<Record<Key, string>> {
  return Object.fromEntries(
    Object.entries<Words>(all).map(([key, words]) => [key, words[language]]),
  ) as Record<Key, string>
}
