import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

export type { CountryCode }

/**
 * A caller's number in E.164 where it is one, else as it was received; empty when withheld (RFC 3323, section 4.1.1.3).
 * @param home the country of numbers that name none.
 */
export function normaliseNumber(received: string, home: CountryCode): string {
  const number = received.trim()
  if (/^(anonymous|unavailable|unknown|restricted)?$/i.test(number)) return ''
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: home, extract: false })
  return parsed?.isValid() ? parsed.number : number
}

/** A number as people of its country say and key it: 13800138000 for +8613800138000; others as they are. */
export function spokenNumber(number: string, home: CountryCode): string {
  const parsed = parsePhoneNumberFromString(number, { extract: false })
  return parsed?.isValid() && parsed.country === home ? parsed.formatNational().replace(/\D/g, '') : number
}
