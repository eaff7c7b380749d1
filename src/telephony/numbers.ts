import { getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { City } from '../city/index.ts'

/** Where numbers are at home that do not say where they are; without an area code they are left as they came. */
export type Home = Pick<City, 'country'> & Partial<Pick<City, 'areaCode'>>

/**
 * A caller's number in E.164 where it is one, else as it was received; empty when withheld (RFC 3323, section 4.1.1.3).
 * One that has no area code is completed by the city's, and stays as it came where that is not known.
 */
export function normaliseNumber(received: string, { country, areaCode }: Home): string {
  const number = received.trim()
  if (isWithheld(number)) return ''
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: country, extract: false })
  if (parsed?.country !== 'CN' || !isLocal(parsed.nationalNumber))
    return parsed?.isValid() ? parsed.number : number
  if (country !== 'CN' || areaCode === undefined) return number
  const completed = parsePhoneNumberFromString(
    `${areaCode.replace(/^0*/, '0')}${parsed.nationalNumber}`,
    country,
  )
  return completed?.isValid() && !isLocal(completed.nationalNumber) ? completed.number : number
}

/**
 * What a number that was rung may be within the city, as it came first: 12345 is rung as 01012345 by those who are
 * elsewhere, and handed over by trunks as +861012345, 861012345 or +8612345, too.
 */
export function localForms(called: string, { country, areaCode }: Home): readonly string[] {
  const abroad = new RegExp(`^(?:\\+|00)?${getCountryCallingCode(country)}(\\d{3,})$`).exec(called)?.[1]
  const area = areaCode?.replace(/^0+/, '') || undefined
  const within =
    area === undefined ? undefined : new RegExp(`^${abroad === undefined ? '0' : '0?'}${area}(\\d{3,})$`)
  const local = within?.exec(abroad ?? called)?.[1]
  return [called, abroad, local].flatMap(form => form ?? [])
}

/** A Chinese landline's number without its area code: made E.164 it would be some other city's telephone, or nobody's. */
const isLocal = (national: string) => /^[2-8]\d{6,7}$/.test(national)

/** What networks write in the place of a number that they do not tell, letters alone. */
const words = new Set(
  (
    'anonymous anonymouscaller anonym anon private withheld unknown unavailable restricted blocked hidden privacy ' +
    'secret undisclosed notavailable nonumber noid nocallerid calleridblocked callerunknown unknowncaller ' +
    'unknownnumber privatenumber outofarea ' +
    'payphone coinlinepayphone null undefined none 匿名 未知 保密 隐藏 未知号码 匿名号码 隐藏号码 保密号码 私密号码'
  ).split(' '),
)
const keypad: Readonly<Record<string, string>> = Object.fromEntries(
  ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'].flatMap((letters, at) =>
    [...letters].map(letter => [letter, String(at + 2)]),
  ),
)
/**
 * The same words as keys of a telephone, which Twilio sends as numbers
 * (https://support.twilio.com/hc/en-us/articles/223179988); two of them are misspelt there.
 */
const keyed = new Set([
  ...[...words]
    .map(word => [...word].map(letter => keypad[letter] ?? '').join(''))
    .filter(digits => digits.length > 3),
  '7378742883',
  '8566696',
  '86464',
  '464',
])

/** Whether this stands for a number that is not told, in any of its spellings. */
export function isWithheld(received: string): boolean {
  const text = received.trim().toLowerCase()
  if (/^[+0\s().-]*$/.test(text)) return true
  // `anonymous` as keys: networks also leave the plus off, or put the country's code before it.
  if (/^(\+?86)?266696687$/.test(text)) return true
  if (/^\+\d+$/.test(text)) return keyed.has(text.slice(1))
  return !/\d/.test(text) && words.has(text.replace(/[^\p{L}]/gu, ''))
}

/** Whether a number that was normalised is a whole one of its country: none of its digits is missing. */
export const isFullNumber = (number: string): boolean =>
  number.startsWith('+') && (parsePhoneNumberFromString(number, { extract: false })?.isValid() ?? false)

/** A number as people of its country say and key it: 13800138000 for +8613800138000; others as they are. */
export function spokenNumber(number: string, { country }: Pick<Home, 'country'>): string {
  const parsed = parsePhoneNumberFromString(number, { extract: false })
  return parsed?.isValid() && parsed.country === country ? parsed.formatNational().replace(/\D/g, '') : number
}

/** Where a number is in the world. `countries` are all that share its calling code where the number does not say which. */
export type NumberPlace = {
  /** E.164. */
  readonly number: string
  readonly countries: readonly string[]
  /** Whoever rings or texts it pays more than for a telephone. */
  readonly isPremium: boolean
}

/** Undefined for what is no telephone's number anywhere: a short code, too many digits, a name. */
export function placeOf(number: string, { country }: Pick<Home, 'country'>): NumberPlace | undefined {
  // What a parser forgives, a trunk may take for something else.
  if (!/^(\+|00)?\d{3,15}$/.test(number)) return undefined
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: country, extract: false })
  if (!parsed?.isPossible()) return undefined
  const found: readonly string[] = parsed.country ? [parsed.country] : parsed.getPossibleCountries()
  return { number: parsed.number, countries: found, isPremium: parsed.getType() === 'PREMIUM_RATE' }
}

/**
 * A number as it may stand on a screen that many can see, as 138****8001 or 010****1234; short service numbers are
 * nobody's, and stand whole.
 */
export function maskedNumber(number: string, home: Pick<Home, 'country'>): string {
  const spoken = spokenNumber(number, home)
  if (/^\d{0,6}$/.test(spoken)) return spoken
  return /^\+?\d+$/.test(spoken) ? `${spoken.slice(0, 3)}****${spoken.slice(-4)}` : '****'
}

/** A number in every way that it may have been written, and the digits that all of them have in common; none of a short one. */
export function numberWritings(
  number: string,
  home: Home,
): { readonly forms: readonly string[]; readonly digits: string } {
  const known = normaliseNumber(number, home)
  const plain = known.replace(/\D/g, '')
  const spoken = spokenNumber(known, home)
  const isFull = isFullNumber(known)
  const forms = isFull ? [number, known, plain, `00${plain}`, spoken] : [number, known]
  const within = spoken.replace(/^\+|^0+/g, '')
  return {
    forms: [...new Set(forms)].filter(form => form !== ''),
    digits: isFull && within.length >= 7 ? within : '',
  }
}
