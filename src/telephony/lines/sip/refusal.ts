import type { HangupReason } from '../../call.ts'
import type { ShareRefusal } from '../../shares.ts'
import { readAddress, readAddresses, readUri } from './address.ts'
import type { SipRequest } from './drachtio.ts'
import { type Agreed, agreeOn } from './session-timer.ts'

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

/** What a request asks of the session: what it describes, if anything, and the timer that we agree to. */
export type Proposal = {
  readonly sdp: string | undefined
  readonly timer: Extract<Agreed, { kind: 'agreed' }>
}

/** That of an INVITE or an UPDATE, or what is wrong with it, whatever it offers. */
export function readProposal(
  request: Pick<SipRequest, 'get' | 'body'>,
): Proposal | { readonly refusal: Refusal } {
  const sdp = sdpIn(request)
  if (request.body && sdp === undefined) return { refusal: notSdp }
  const timer = agreeOn(request)
  if (timer.kind === 'too-brief') return { refusal: { status: 422, why: 'interval', headers: timer.headers } }
  return { sdp, timer }
}

const notSdp: Refusal = {
  status: 415,
  why: 'not-sdp',
  headers: { Accept: 'application/sdp', 'Accept-Encoding': 'identity' },
}

/**
 * Where our requests would go. drachtio-server (0.9.10) ends when it has to read one without a scheme, or a telephone
 * number; our own server sends to where the call came from. @param isEmbedded the server is our own.
 */
export function isReachable(request: Pick<SipRequest, 'get'>, isEmbedded: boolean): boolean {
  const contact = request.get('Contact') ?? ''
  const address = readAddresses(contact)[0] ?? readAddress(contact)
  const uri = readUri(address?.uri ?? '')
  return uri !== undefined && (uri.host !== '' || (isEmbedded && uri.scheme === 'tel'))
}

/** The description in a body: all of it, or its part of several (RFC 5621); undefined for a body of another kind. */
function sdpIn(request: Pick<SipRequest, 'get' | 'body'>): string | undefined {
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
