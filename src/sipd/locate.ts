import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { withDeadline } from '../foundation/index.ts'
import { firstUri } from './address.ts'
import type { Core } from './core.ts'
import { header, type Request } from './message.ts'
import { type Hop, type Protocol, usualPort } from './transport.ts'
import { readUri } from './uri.ts'

/** Where a request is to go, before its host is looked up. */
export type SipDestination = {
  readonly protocol: Protocol
  readonly host: string
  readonly port: number
}

/**
 * The first Route or the Request-URI (RFC 3261 section 8.1.2), or the outbound proxy that an app names. Undefined
 * for what this server has no way to: tel, WebSocket. Of `sips` each hop is over TLS (section 26.2.2).
 * @param usual the protocol where the URI names none: UDP (RFC 3263 section 4.1), or what the far end has spoken.
 */
export function destinationOf(
  request: Request,
  outboundProxy?: string,
  usual: Hop['protocol'] = 'udp',
): SipDestination | undefined {
  const route = header(request, 'Route')
  const next = outboundProxy ?? (route && firstUri(route)) ?? request.uri
  const uri = readUri(next)
  if (!uri) return undefined
  const transport = uri.scheme === 'sips' ? 'tls' : (uri.params.get('transport')?.toLowerCase() ?? usual)
  if (transport !== 'udp' && transport !== 'tcp' && transport !== 'tls') return undefined
  const host = uri.params.get('maddr') || uri.host
  return { protocol: transport, host, port: uri.port ?? usualPort(transport) }
}

/** A name server that does not answer must not hold up the end of a call. */
const resolvedWithinMs = 4_000

/**
 * At once for an IP address; a name is asked of the system (A; no NAPTR, no SRV). Undefined for a name that is none,
 * and for an address or port to which nothing can be sent.
 */
export function locate(
  { clock, canReach }: Pick<Core, 'clock' | 'canReach'>,
  { protocol, host, port }: SipDestination,
  found: (hop: Hop | undefined) => void,
): void {
  const judge = (address: string) => {
    const hop = { protocol, address, port, name: host }
    found(canReach(hop) ? hop : undefined)
  }
  if (isIP(host)) judge(host)
  else {
    const asked = lookup(host, { family: 4 })
    withDeadline(clock, resolvedWithinMs, asked, () => new Error('no name server answers')).then(
      ({ address }) => judge(address),
      () => found(undefined),
    )
  }
}
