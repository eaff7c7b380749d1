import { createServer } from 'node:https'
import type { FastifyServerFactory } from 'fastify'
import { type Certificate, certificateNames, openCertificate } from '../foundation/index.ts'

/** Older versions have known weaknesses; every browser of the last ten years speaks this one (RFC 8996). */
const oldestTls = 'TLSv1.2'

/** TLS servers that switch to a new certificate when one appears; open connections keep theirs. */
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

type Opening = Parameters<typeof openCertificate>

/**
 * The certificate of the pages. If it does not name PUBLIC_URL's host, that is printed but not refused, so that it
 * can be tried out.
 * @returns undefined when no files are named: pages are then served over plain HTTP
 */
export async function openHttps(
  place: Opening[0] | undefined,
  publicUrl: string | undefined,
  means: Opening[1],
  print: (text: string) => void,
): Promise<Certificate | undefined> {
  if (!place) return undefined
  const certificate = await openCertificate(place, means)
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).hostname
  if (host !== undefined && !certificateNames(certificate.current(), host))
    print(
      `证书里没有 PUBLIC_URL 的域名，浏览器会拒绝 / the certificate in HTTPS_CERT does not name ${host} of PUBLIC_URL: browsers refuse it\n`,
    )
  return certificate
}
