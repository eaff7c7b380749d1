import { type CitizenTexts, filledIn } from '../city/index.ts'

/** The text sent when nobody answered the telephone: who writes, why and for how long; nothing of the matter. */
export const linkText = (
  url: string,
  hours: number,
  language: string,
  texts: CitizenTexts['survey'],
): string => filledIn(texts[language.startsWith('en') ? 'en' : 'zh-CN'], { url, hours: String(hours) })
