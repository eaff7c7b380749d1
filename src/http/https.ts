import { createServer } from 'node:https'
import type { FastifyServerFactory } from 'fastify'
import type { Certificate } from '../foundation/index.ts'

/** Older versions have known weaknesses; every browser of the last ten years speaks this one (RFC 8996). */
const oldestTls = 'TLSv1.2'

/** Servers over TLS, which show another certificate as soon as there is one; open connections keep theirs. */
export const httpsServers =
  (certificate: Certificate): FastifyServerFactory =>
  (answer, { keepAliveTimeout, requestTimeout }) => {
    const { cert, key } = certificate.current()
    const server = createServer({ cert, key, minVersion: oldestTls, handshakeTimeout: 10_000 }, answer)
    if (typeof keepAliveTimeout === 'number') server.keepAliveTimeout = keepAliveTimeout
    if (typeof requestTimeout === 'number') server.requestTimeout = requestTimeout
    certificate.follow(files =>
      server.setSecureContext({ cert: files.cert, key: files.key, minVersion: oldestTls }),
    )
    return server
  }
