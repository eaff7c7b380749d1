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
