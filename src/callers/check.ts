import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

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

export const checkText = (code: string, language: string): string =>
  language.startsWith('en')
    ? `[12345] Code ${code}, good for ${checkRules.minutes} minutes. Read it to the person on the line, so that we may ring this number about your matter. If you asked for nothing, ignore this.`
    : `【12345】验证码 ${code}，${checkRules.minutes}分钟内有效。请读给话务员，核实后我们才会就您反映的事项拨打这个号码。如非本人办理，请忽略。`
