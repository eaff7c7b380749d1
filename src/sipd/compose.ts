import { readAddress } from './address.ts'
import { appHeader, appHeaders } from './app-headers.ts'
import type { Sip } from './control/protocol.ts'
import { type Header, header, type Request, type Response } from './message.ts'
import { newCallId, newTag } from './names.ts'
import { responseTo, withTag } from './response.ts'
import type { Hop } from './transport.ts'

/**
 * The request outside a dialog that an app orders, without Via. Undefined if its From or To can not be read.
 * @param here `host:port` of this server.
 * @param type the Content-Type, if the app left it to us.
 */
export function newRequest(
  order: Sip,
  method: string,
  uri: string,
  here: string,
  contact: string,
  type: readonly Header[],
): Request | undefined {
  const from = withTag(appHeader(order.headers, 'From', here) ?? contact, newTag())
  const to = appHeader(order.headers, 'To', here) ?? `<${uri}>`
  if (!readAddress(from) || !readAddress(to)) return undefined
  const rest = appHeaders(order.headers, here)
  const own: Header[] = [
    { name: 'From', value: from },
    { name: 'To', value: to },
    { name: 'Call-ID', value: header(order, 'Call-ID') ?? newCallId(here) },
    { name: 'CSeq', value: `${Number.parseInt(header(order, 'CSeq') ?? '1', 10) || 1} ${method}` },
  ]
  const defaults: Header[] = [
    { name: 'Max-Forwards', value: '70' },
    ...(method === 'INVITE' || method === 'SUBSCRIBE' ? [{ name: 'Contact', value: contact }] : []),
  ]
  const missing = defaults.filter(({ name }) => !rest.some(each => each.name === name))
  return { kind: 'request', method, uri, headers: [...own, ...missing, ...rest, ...type], body: order.body }
}

/** The request as it leaves, with a Via of this server on top. */
export function withVia(request: Request, here: string, hop: Hop, branch: string): Request {
  const via = `SIP/2.0/${hop.protocol.toUpperCase()} ${here};rport;branch=${branch}`
  return { ...request, headers: [{ name: 'Via', value: via }, ...request.headers] }
}

/** The CANCEL of an INVITE: all that says which one it is, and its only Via (RFC 3261 section 9.1). */
export function cancelOf(invite: Request, more: readonly Header[]): Request {
  const kept = ['Via', 'Route', 'Max-Forwards', 'From', 'To', 'Call-ID']
  const own = kept.flatMap(name => invite.headers.filter(each => each.name === name))
  const cseq = { name: 'CSeq', value: header(invite, 'CSeq')!.replace(/\S+$/, 'CANCEL') }
  return { kind: 'request', method: 'CANCEL', uri: invite.uri, headers: [...own, cseq, ...more], body: '' }
}

/** What an app gets where no response came (RFC 3261 section 8.1.3.1). */
export function localResponse(request: Request, why: 'time-out' | 'unreachable'): Response {
  return why === 'time-out'
    ? responseTo(request, 408, 'Request Timeout', newTag())
    : responseTo(request, 503, 'Service Unavailable', newTag())
}

/** Why this server ends a dialog, in the words that the library takes apart. */
export function reason(text: string): Header {
  return { name: 'Reason', value: `SIP ;cause=200 ;text="${text}"` }
}
