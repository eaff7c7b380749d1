import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { City } from '../city/index.ts'

/** Where numbers are at home that do not say where they are. */
export type Home = Pick<City, 'country' | 'areaCode'>

/**
 * A caller's number in E.164 where it is one, else as it was received; empty when withheld (RFC 3323, section 4.1.1.3).
 */
export function normaliseNumber(received: string, { country }: Home): string {
  const number = received.trim()
  if (/^(anonymous|unavailable|unknown|restricted)?$/i.test(number)) return ''
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: country, extract: false })
  return parsed?.isValid() ? parsed.number : number
}

/** A number as people of its country say and key it: 13800138000 for +8613800138000; others as they are. */
export function spokenNumber(number: string, { country }: Pick<Home, 'country'>): string {
  const parsed = parsePhoneNumberFromString(number, { extract: false })
  return parsed?.isValid() && parsed.country === country ? parsed.formatNational().replace(/\D/g, '') : number
}
