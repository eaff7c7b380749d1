import type { VoiceLanguage } from './synthesizer.ts'

/** `yue` of `yue-Hant-HK`. */
export const primary = (language: VoiceLanguage): string => language.split('-')[0]?.toLowerCase() ?? ''

/** What a table has for a language: under its very tag, or else under one of the same primary subtag (RFC 5646, 2.2.1). */
export function forLanguage<T>(
  table: Readonly<Record<VoiceLanguage, T>>,
  language: VoiceLanguage,
): T | undefined {
  const near = Object.keys(table).find(key => primary(key) === primary(language))
  return table[language] ?? (near === undefined ? undefined : table[near])
}

/** What a text says by turns in Chinese and in English, as an English report with a Chinese address in it: each part for its own voice. */
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
