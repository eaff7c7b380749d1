import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { type CitizenTexts, filledIn } from '../city/index.ts'

/**
 * Whether a number is whose it is said to be: a code goes there by text message, and whoever reads it back holds the
 * telephone. All DESIGN; no Chinese rule was found.
 */
export const checkRules = {
  minutes: 10,
  /** Guesses at one code: of a million, five. */
  tries: 5,
  /** Codes in an hour: to one number, so that nobody is pestered, and by one person at the desk. */
  mostToNumber: 3,
  mostBySender: 20,
  /** Numbers get new owners: who was checked so long ago is checked anew. */
  validDays: 365,
} as const

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** A code is kept as this alone: it is good for ten minutes, and the id keeps equal codes apart. */
export const codeHash = (id: string, code: string): string =>
  createHash('sha256').update(`${id} ${code}`).digest('hex')

export const isCode = (id: string, code: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(codeHash(id, code)), Buffer.from(hash))

/** As it is read out: spaces and hyphens are as good as none. */
export const plainCode = (text: string): string => text.replace(/[\s-]/g, '')

/** What whoever holds that telephone reads: who writes, the code, how long it is good, and nothing of the matter. */
export const codeText = (code: string, language: string, texts: CitizenTexts['code']): string =>
  filledIn(texts[language.startsWith('en') ? 'en' : 'zh-CN'], { code, minutes: String(checkRules.minutes) })
