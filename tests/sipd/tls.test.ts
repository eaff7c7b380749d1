/** SIP over TLS to others: a message leaves once whoever answers has shown that the name is theirs (RFC 5922). */
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { openCertificate, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openTls } from '../../src/sipd/transports/tls.ts'
import { certificateFolder, makeCertificate } from '../support/certificates.ts'

let files: Awaited<ReturnType<typeof certificateFolder>>
beforeAll(async () => {
  files = await certificateFolder()
})
afterAll(() => files.remove())

let turn = 0
/** A trunk whose certificate has these names, and a server of ours that trusts who signed it. */
async function trunkNamed(names: string) {
  const own = await makeCertificate(join(files.folder, String(turn++)), names)
  const cert = await readFile(own.certFile, 'utf8')
  const heard: string[] = []
  const sockets: TLSSocket[] = []
  const trunk = createServer({ cert, key: await readFile(own.keyFile), requestCert: false }, socket => {
    sockets.push(socket)
    socket.on('error', () => undefined).on('data', bytes => heard.push(String(bytes)))
  })
  await new Promise<void>(resolve => trunk.listen(0, '127.0.0.1', resolve))
  const certificate = await openCertificate(own, { clock: systemClock, log: silentLog })
  const ours = await openTls('127.0.0.1', 0, systemClock, () => undefined, { certificate, authorities: cert })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    trunk.close()
    certificate.close()
    await ours.close()
  })
  const { port } = trunk.address() as AddressInfo
  const send = (name?: string) =>
    new Promise<'arrived' | 'failed'>(resolve => {
      ours.send(
        'OPTIONS sip:a@b SIP/2.0\r\n\r\n',
        { protocol: 'tls', address: '127.0.0.1', port, name },
        () => resolve('failed'),
      )
      void expect
        .poll(() => heard.length)
        .toBeGreaterThan(0)
        .then(
          () => resolve('arrived'),
          () => undefined,
        )
    })
  return { send }
}

it.each([
  ['a name', 'DNS:trunk.example', 'trunk.example', 'arrived'],
  ['another name', 'DNS:other.example', 'trunk.example', 'failed'],
  ['a wildcard, which SIP does not know', 'DNS:*.example', 'trunk.example', 'failed'],
  ['the URI of its domain', 'URI:sip:trunk.example,DNS:proxy7.example', 'trunk.example', 'arrived'],
  ['the URI of another domain', 'URI:sip:other.example,DNS:trunk.example', 'trunk.example', 'failed'],
  ['its address', 'IP:127.0.0.1', undefined, 'arrived'],
  ['another address', 'IP:127.0.0.9', undefined, 'failed'],
])('a trunk that shows %s', async (_, names, host, what) => {
  const { send } = await trunkNamed(names)
  expect(await send(host)).toBe(what)
})

it('a trunk for whom nobody vouches hears nothing', async () => {
  const own = await makeCertificate(join(files.folder, 'own'))
  const certificate = await openCertificate(own, { clock: systemClock, log: silentLog })
  const heard: string[] = []
  const ours = await openTls('127.0.0.1', 0, systemClock, text => heard.push(text), { certificate })
  onTestFinished(async () => {
    certificate.close()
    await ours.close()
  })
  // Ourselves, with a certificate that nobody has signed but we.
  const failed = new Promise<void>(resolve => {
    ours.send('x', { protocol: 'tls', address: '127.0.0.1', port: ours.port }, resolve)
  })
  await failed
  expect(heard).toEqual([])
})
