import type { VoiceLanguage } from './synthesizer.ts'

/** The primary subtag: `yue` for `yue-Hant-HK`. */
export const primary = (language: VoiceLanguage): string => language.split('-')[0]?.toLowerCase() ?? ''

/** Looks up a language in a table, by its exact tag or else by one with the same primary subtag (RFC 5646, 2.2.1). */
export function forLanguage<T>(
  table: Readonly<Record<VoiceLanguage, T>>,
  language: VoiceLanguage,
): T | undefined {
  const near = Object.keys(table).find(key => primary(key) === primary(language))
  return table[language] ?? (near === undefined ? undefined : table[near])
}

/** Splits a text that mixes Chinese and English, such as an English report with a Chinese address, so that each part gets its own voice. */
export function partsByLanguage(
  text: string,
): readonly { readonly text: string; readonly language: VoiceLanguage }[] {
  const parts: { text: string; language: VoiceLanguage }[] = []
  for (const part of text.split(/(?<=[.:。：!?！？]\s*)(?=\S)/)) {
    const before = parts.at(-1)
    const isChinese = /\p{Script=Han}/u.test(part)
    const language = isChinese
      ? 'zh-CN'
      : /\p{Script=Latin}/u.test(part)
        ? 'en'
        : (before?.language ?? 'zh-CN')
    if (before?.language === language) before.text += part
    else parts.push({ text: part, language })
  }
  return parts
}
