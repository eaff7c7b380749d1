import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { type CitizenTexts, filledIn } from '../city/index.ts'

/**
 * Checks whose number it is: a code is texted there, and whoever reads it back holds the telephone. DESIGN
 * throughout; no Chinese rule was found.
 */
export const checkRules = {
  minutes: 10,
  /** Guesses at one code: five out of a million. */
  tries: 5,
  /** Codes per hour: to one number, so that nobody is pestered, and by one person at the desk. */
  mostToNumber: 3,
  mostBySender: 20,
  /** Numbers change owners, so an old check has to be repeated. */
  validDays: 365,
} as const

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Only this hash of a code is stored. The code is valid for ten minutes, and the id makes equal codes differ. */
export const codeHash = (id: string, code: string): string =>
  createHash('sha256').update(`${id} ${code}`).digest('hex')

export const isCode = (id: string, code: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(codeHash(id, code)), Buffer.from(hash))

/** The code without spaces and hyphens. */
export const plainCode = (text: string): string => text.replace(/[\s-]/g, '')

/** The text with the code: who writes, the code, and how long it is valid; nothing of the matter. */
export const codeText = (code: string, language: string, texts: CitizenTexts['code']): string =>
  filledIn(texts[language.startsWith('en') ? 'en' : 'zh-CN'], { code, minutes: String(checkRules.minutes) })
