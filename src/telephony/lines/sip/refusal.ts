import type { HangupReason } from '../../call.ts'
import type { ShareRefusal } from '../../shares.ts'
import { readAddress, readAddresses, readUri } from './address.ts'
import type { SipRequest } from './drachtio.ts'
import { agreeOn } from './session-timer.ts'

/** Why an INVITE becomes no call: a status (RFC 3261, section 21), and the reason in a word of the journal. */
export type Refusal = {
  readonly status: number
  readonly why: string
  readonly headers?: Readonly<Record<string, string>>
}

const statuses: Record<HangupReason, number> = {
  done: 480,
  full: 503,
  'no-common-codec': 488,
  'not-found': 404,
  declined: 603,
  'shutting-down': 503,
}

/** Seconds after which a caller's exchange may try again. */
const retryAfter = { 'Retry-After': '5' }

export function refusalFor(why: HangupReason): Refusal {
  const status = statuses[why]
  return { status, why, headers: status === 503 ? retryAfter : undefined }
}

/** Where a share is used up, it is not another line that is waited for. */
export const fullFor = (refusal: ShareRefusal): Refusal =>
  refusal === 'lines'
    ? refusalFor('full')
    : { status: 503, why: `full-${refusal}`, headers: { 'Retry-After': '60' } }

/** What we do that a request may require: reliable answers before the final one, of which we send none, and timers. */
const known: ReadonlySet<string> = new Set(['100rel', 'timer'])

/** The extensions that a request requires and we do not have, as 420 has to name them (RFC 3261, section 8.2.2.3). */
export function unsupportedIn(request: Pick<SipRequest, 'get'>): string | undefined {
  const required = (request.get('Require') ?? '').split(/[\s,]+/).filter(Boolean)
  const unknown = required.filter(option => !known.has(option.toLowerCase()))
  return unknown.length === 0 ? undefined : unknown.join(', ')
}

/** What is wrong with an INVITE, whatever it offers; undefined for nothing. @param isEmbedded the server is our own. */
export const refusalOf = (
  request: Pick<SipRequest, 'get' | 'body'>,
  isEmbedded: boolean,
): Refusal | undefined =>
  refusalWithin(request) ??
  (isReachable(request.get('Contact') ?? '', isEmbedded) ? undefined : { status: 400, why: 'contact' })

/** What is wrong with a request within a call that may offer anew. */
export function refusalWithin(request: Pick<SipRequest, 'get' | 'body'>): Refusal | undefined {
  const unsupported = unsupportedIn(request)
  if (unsupported !== undefined)
    return { status: 420, why: 'extension', headers: { Unsupported: unsupported } }
  if (request.body && sdpIn(request) === undefined)
    return {
      status: 415,
      why: 'not-sdp',
      headers: { Accept: 'application/sdp', 'Accept-Encoding': 'identity' },
    }
  const timer = agreeOn(request)
  if (timer.kind === 'too-brief') return { status: 422, why: 'interval', headers: timer.headers }
  return undefined
}

/**
 * Where our requests would go. drachtio-server (0.9.10) ends when it has to read one without a scheme, or a telephone
 * number; our own server sends to where the call came from.
 */
function isReachable(contact: string, isEmbedded: boolean): boolean {
  const address = readAddresses(contact)[0] ?? readAddress(contact)
  const uri = readUri(address?.uri ?? '')
  return uri !== undefined && (uri.host !== '' || (isEmbedded && uri.scheme === 'tel'))
}

/** The description in a body: all of it, or its part of several (RFC 5621); undefined for a body of another kind. */
export function sdpIn(request: Pick<SipRequest, 'get' | 'body'>): string | undefined {
  const body = request.body ?? ''
  const type = (request.get('Content-Type') ?? 'application/sdp').trim()
  const encoding = (request.get('Content-Encoding') ?? 'identity').trim()
  if (!/^identity$/i.test(encoding)) return undefined
  if (/^application\/sdp\s*(;|$)/i.test(type)) return body
  const [, quoted, token] = /^multipart\/.*;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/is.exec(type) ?? []
  const boundary = quoted ?? token
  if (boundary === undefined) return undefined
  const parts = body.split(`--${boundary}`).map(part => /^(.*?)\r?\n\r?\n(.*)$/s.exec(part))
  return parts.find(part => /^content-type[ \t]*:[ \t]*application\/sdp\b/im.test(part?.[1] ?? ''))?.[2]
}
