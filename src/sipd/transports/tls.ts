import { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { connect, createSecureContext, createServer, rootCertificates, type Server } from 'node:tls'
import type { Certificate, Clock } from '../../foundation/index.ts'
import type { Arrive, Hop, Transport } from '../transport.ts'
import { type ConnectionLimits, type Kind, openConnections, usualLimits } from './connections.ts'

export type TlsSide = {
  /** What this server shows, to who connects and to whom it connects. */
  readonly certificate: Certificate
  /** PEM of those whose word on others is taken beside those whom browsers trust. */
  readonly authorities?: string
}

/** RFC 8996. */
const minVersion = 'TLSv1.2'

/**
 * Listens for SIP over TLS (RFC 3261 section 26.3.1). Whoever connects shows no certificate: a phone proves its password, and a
 * peer is known by its address. Whom we connect to has to show that the name is theirs (RFC 5922).
 */
export function openTls(
  address: string,
  port: number,
  clock: Clock,
  arrive: Arrive,
  { certificate, authorities }: TlsSide,
  limits: ConnectionLimits = usualLimits,
): Promise<Transport> {
  const contextOf = () => {
    const { cert, key } = certificate.current()
    const ca = [...rootCertificates, ...(authorities === undefined ? [] : [authorities])]
    return createSecureContext({ cert, key, ca, minVersion })
  }
  let context = contextOf()
  const servers: Server[] = []
  certificate.follow(({ cert, key }) => {
    context = contextOf()
    for (const server of servers) server.setSecureContext({ cert, key, minVersion })
  })
  const kind: Kind = {
    protocol: 'tls',
    listen(begun, made) {
      const { cert, key } = certificate.current()
      /** Handshakes that are under way, by their far end. */
      const shaking = new Map<string, () => void>()
      const server = createServer({ cert, key, minVersion, handshakeTimeout: limits.patienceMs }, socket => {
        shaking.get(endOf(socket))?.()
        made(socket)
      })
      server.on('connection', (socket: Socket) => {
        const end = endOf(socket)
        shaking.set(end, begun(socket))
        socket.once('close', () => shaking.delete(end))
      })
      // What is no TLS ends that connection alone.
      server.on('tlsClientError', (_error, socket) => socket.destroy())
      servers.push(server)
      return server
    },
    connect: hop => connectTo(hop, context),
    madeEvent: 'secureConnect',
  }
  return openConnections(kind, address, port, clock, arrive, limits)
}

const endOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`

function connectTo(
  { address, port, name = address }: Hop,
  secureContext: ReturnType<typeof createSecureContext>,
) {
  const isName = name !== address
  return connect({
    host: address,
    port,
    servername: isName ? name : undefined,
    secureContext,
    minVersion,
    checkServerIdentity: (_host, { raw }) =>
      isOf(new X509Certificate(raw), name) ? undefined : new Error('not theirs'),
  })
}

/** Whether a certificate is of that domain: a SIP URI of it counts, a name with a wildcard does not (RFC 5922 sections 7.1, 7.2). */
function isOf(certificate: X509Certificate, name: string): boolean {
  const uris = (certificate.subjectAltName ?? '').split(', ').filter(one => /^URI:"?sip:/i.test(one))
  if (uris.length > 0)
    return uris.some(one => one.replace(/^URI:"?sip:|"$/gi, '').toLowerCase() === name.toLowerCase())
  const found =
    isIP(name) === 0 ? certificate.checkHost(name, { wildcards: false }) : certificate.checkIP(name)
  return found !== undefined
}
