import { type CitizenTexts, filledIn } from '../city/index.ts'

/** What a text message says when nobody answered the telephone: who writes, why, how long, and nothing of the matter. */
export const linkText = (
  url: string,
  hours: number,
  language: string,
  texts: CitizenTexts['survey'],
): string => filledIn(texts[language.startsWith('en') ? 'en' : 'zh-CN'], { url, hours: String(hours) })
