import { readPeerAddress } from './address.ts'
import { type Header, header, headers, type Request, type Response } from './message.ts'
import { splitList } from './params.ts'
import { type Hop, isReliable, usualPort } from './transport.ts'
import type { Via } from './via.ts'

/** The headers that a response takes over from its request (RFC 3261 section 8.2.6.2). */
const echoed = ['Via', 'From', 'To', 'Call-ID', 'CSeq']

/**
 * A response to a request.
 * @param tag put on the To unless that has one; a 100 gets none (RFC 3261 section 8.2.6.2).
 * @param more what follows the headers that are taken over.
 */
export function responseTo(
  request: Request,
  status: number,
  reason: string,
  tag: string,
  more: readonly Header[] = [],
  body = '',
): Response {
  const own: Header[] = echoed.flatMap(name =>
    headers(request, name).map(value => ({
      name,
      value: name === 'To' && status > 100 ? withTag(value, tag) : value,
    })),
  )
  return { kind: 'response', status, reason, headers: [...own, ...more], body }
}

/** A To or From value that has a tag. */
export function withTag(value: string, tag: string): string {
  return readPeerAddress(value)?.params.has('tag') ? value : `${value};tag=${tag}`
}

/**
 * Where responses go (RFC 3261 section 18.2.2, RFC 3581): over the connection while there is one, or to where the
 * datagram came from; else to where the sender listens.
 */
export function replyHop(via: Via, from: Hop, isConnected: (to: Hop) => boolean = always): Hop {
  if (isReliable(from.protocol) ? isConnected(from) : via.params.has('rport')) return from
  return { ...from, port: via.port ?? usualPort(from.protocol) }
}

const always = () => true

/**
 * The request with what was seen of its sender noted in the top Via (RFC 3261 section 18.2.1, RFC 3581 section 4).
 */
export function notingSender(request: Request, via: Via, from: Hop): Request {
  const rport = via.params.get('rport')
  if (rport === undefined && via.host === from.address) return request
  const [first = '', ...others] = splitList(header(request, 'Via')!)
  const noted = first
    .replace(/\s*;\s*$/, '')
    .replace(/;\s*rport\s*(?:=\s*)?(?=;|$)/i, `;rport=${from.port}`)
    .replace(/;\s*received\s*=[^;]*/i, '')
  const value = [`${noted};received=${from.address}`, ...others].join(', ')
  let replaced = false
  return {
    ...request,
    headers: request.headers.map(each => {
      if (replaced || each.name !== 'Via') return each
      replaced = true
      return { name: 'Via', value }
    }),
  }
}
