import { type Language, type Words, wordsIn } from '../../http/words/words.ts'

/** Words of pages as the terminal writes them: in English it begins nothing with a capital. */
export const termsIn =
  (language: Language) =>
  <Key extends string>(all: Readonly<Record<Key, Words>>): Readonly<Record<Key, string>> => {
    const lowered = Object.fromEntries(
      Object.entries<Words>(all).map(([key, words]) => [key, { ...words, en: lowerFirst(words.en) }]),
    ) as Record<Key, Words>
    return wordsIn(language, lowered)
  }

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)
