import { type Home, isWithheld, normaliseNumber } from '../../numbers.ts'
import { readAddress, readAddresses, readUri, type SipAddress, type Uri } from './address.ts'
import type { SipRequest } from './drachtio.ts'

export type SipCaller = {
  /** In E.164 where it is known to be one, else as it came; empty when withheld. */
  readonly number: string
  /** What the other end calls itself: for the eye, and proof of nothing. Empty when it says nothing, or withholds itself. */
  readonly name: string
}

type Asked = Pick<SipRequest, 'get'>
const nobody: SipCaller = { number: '', name: '' }

/**
 * Who calls: what a peer that we trust asserts (RFC 3325), else what From says. A caller who asks for privacy has
 * it, whoever asserts what (RFC 3323, section 4.2).
 * @param isTrusted whether that is said of the peer that it came from
 */
export function callerOf(request: Asked, home: Home, isTrusted: boolean): SipCaller {
  if (asksForPrivacy(request.get('Privacy'))) return nobody
  const from = readAddress(request.get('From') ?? '')
  const asserted = isTrusted ? assertedIn(request) : []
  if (asserted === 'withheld') return nobody
  const numbers = [...asserted, ...(from ? [from] : [])].map(address => numberOf(address, home))
  // Of several identities, often a name and a number, the number is the one that can be rung.
  const number = numbers.find(one => one.startsWith('+')) ?? numbers.find(one => one !== '') ?? ''
  const name = (asserted[0]?.name || from?.name) ?? ''
  return number === '' ? nobody : { number, name: isWithheld(name) ? '' : name }
}

/** The number that was rung, whatever URI it stands in. */
export function calledOf(requestUri: string): string {
  const uri = readUri(requestUri)
  if (!uri) return ''
  return /^[+\d][\d\s().-]*$/.test(uri.user) ? uri.user.replace(/[^+\d]/g, '') : uri.user
}

/** The number in a text that may be one, or a URI with one in it. */
export const numberIn = (text: string, home: Home): string =>
  readUri(text) ? numberOf({ uri: text }, home) : normaliseNumber(text, home)

const asksForPrivacy = (privacy = '') => /(^|[\s;,])(id|user)($|[\s;,])/i.test(privacy)

/** What is asserted, P-Asserted-Identity first; the older Remote-Party-ID says by a parameter that it is withheld. */
function assertedIn(request: Asked): readonly SipAddress[] | 'withheld' {
  const asserted = readAddresses(request.get('P-Asserted-Identity') ?? '')
  if (asserted.length > 0) return asserted
  const party = readAddresses(request.get('Remote-Party-ID') ?? '').filter(
    ({ params }) => (params.get('party') ?? 'calling').toLowerCase() === 'calling',
  )
  return party.some(({ params }) => /^(full|uri)$/i.test(params.get('privacy') ?? '')) ? 'withheld' : party
}

function numberOf({ uri }: Pick<SipAddress, 'uri'>, home: Home): string {
  const read = readUri(uri)
  if (!read || /(^|\.)invalid(:\d+)?$/i.test(read.host)) return ''
  const number = normaliseNumber(read.user, home)
  return number.startsWith('+') ? number : (inContext(read, home) ?? number)
}

/** A number whose context is the beginning of a global one (RFC 3966, section 5.1.5). */
function inContext({ user, numberParams, params }: Uri, home: Home): string | undefined {
  const context = numberParams.get('phone-context') ?? params.get('phone-context') ?? ''
  const prefix = context.replace(/^%2B/i, '+')
  if (!/^\+\d{1,7}$/.test(prefix) || !/^[\d().\s-]+$/.test(user)) return undefined
  const number = normaliseNumber(prefix + user.replace(/\D/g, ''), home)
  return number.startsWith('+') ? number : undefined
}
