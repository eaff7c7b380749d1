import { request } from 'node:https'
import { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { type CertificateFiles, Fault, isCertificate } from '../foundation/index.ts'

type Asked = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * Asks the hotline of this machine over https. Its certificate is for its name in the world and not for this address, so that
 * it is held against the file that the hotline shows it from: nobody else is told the token.
 * @throws Fault `server-foreign`
 */
export function askPinned(
  url: string,
  { method, headers, body }: Asked,
  certificate: Pick<CertificateFiles, 'cert'>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, rejectUnauthorized: false, agent: false })
    asking.on('error', reject)
    asking.on('socket', socket => {
      const shown = socket as TLSSocket
      shown.once('secureConnect', () => {
        const peer = shown.getPeerX509Certificate()
        // Nothing but the handshake has been sent: the request leaves when it is ended.
        if (peer && isCertificate(certificate, peer.raw)) asking.end(body)
        else asking.destroy(foreign(url))
      })
    })
    asking.on('response', answer => {
      const all = new Headers()
      for (const [name, values = []] of Object.entries(answer.headersDistinct))
        for (const value of values) all.append(name, value)
      const status = answer.statusCode ?? 0
      const hasBody = status !== 204 && status !== 304
      resolve(
        new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream) : null, { status, headers: all }),
      )
    })
  })
}

const foreign = (url: string) =>
  new Fault({
    code: 'server-foreign',
    place: new URL(url).origin,
    found: 'another certificate than the one in HTTPS_CERT',
    expected: 'the hotline of this machine; after a renewal it shows the new one within ten seconds',
  })
