/** Pages, the API and SIP went over the wire as they are: whoever sat on the way read passwords and heard who calls. */
import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { request } from 'node:https'
import { connect as connectBare } from 'node:net'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createManualClock, openCertificate, silentLog } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { startSipd } from '../../src/sipd/index.ts'
import { apiToken, createWeb } from '../http/house.ts'
import { certificateFolder, makeCertificate } from '../support/certificates.ts'

let files: Awaited<ReturnType<typeof certificateFolder>>
let place: Awaited<ReturnType<typeof makeCertificate>>
let another: Awaited<ReturnType<typeof makeCertificate>>
beforeAll(async () => {
  files = await certificateFolder()
  another = await makeCertificate(join(files.folder, 'another'))
})
afterAll(() => files.remove())

let turn = 0
async function shown() {
  const clock = createManualClock(Date.now())
  place = await makeCertificate(join(files.folder, String(turn++)))
  const certificate = await openCertificate(place, { clock, log: silentLog })
  /** Another one is laid in its place. */
  const replace = async () => {
    await copyFile(another.certFile, place.certFile)
    await copyFile(another.keyFile, place.keyFile)
    await clock.advance(10_000)
  }
  return { clock, certificate, replace }
}
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function reach(port: number, options: object = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  open.push(() => socket.destroy())
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}
const serialOf = (socket: TLSSocket) => socket.getPeerX509Certificate()?.serialNumber

describe('pages and the API', () => {
  let desk: FrontDesk
  let means: Awaited<ReturnType<typeof shown>>
  const openDesk = async () => {
    means = await shown()
    const { web } = createWeb()
    desk = await openFrontDesk({
      ...web,
      apiToken,
      log: silentLog,
      clock: means.clock,
      https: means.certificate,
      host: '127.0.0.1',
      port: 0,
    })
    open.push(desk.close, means.certificate.close)
    return Number(new URL(desk.url).port)
  }
  const ask = (port: number, path: string, headers = {}) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown> }>((resolve, reject) => {
      const asking = request({
        port,
        path,
        headers,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        agent: false,
      })
      asking.on('error', reject).on('response', answer => {
        answer.resume()
        resolve({ status: answer.statusCode, headers: answer.headers })
      })
      asking.end()
    })

  it('come over https, tell browsers to stay there, and give a cookie that travels over nothing else', async () => {
    const port = await openDesk()
    expect(desk.url).toMatch(/^https:/)
    const answer = await ask(port, '/api/seats', { authorization: `Bearer ${apiToken}` })
    expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000'])
    expect((await ask(port, '/api/seats')).status).toBe(401)
  })

  it.each([
    [
      'bare http',
      async (port: number) => {
        const socket = connectBare(port, '127.0.0.1')
        socket.on('error', () => undefined)
        let heard = ''
        socket.on('data', bytes => {
          heard += bytes
        })
        socket.write('GET /api/seats HTTP/1.1\r\nHost: x\r\n\r\n')
        await once(socket, 'close')
        return heard
      },
    ],
    [
      'TLS 1.1',
      (port: number) =>
        reach(port, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }).then(
          () => 'connected',
          () => '',
        ),
    ],
  ])('say nothing over %s', async (_, listen) => {
    expect(await listen(await openDesk())).not.toMatch(/connected|seats|200/)
  })

  it('show another certificate as soon as it is there, and cut nobody', async () => {
    const port = await openDesk()
    const early = await reach(port)
    await means.replace()
    await expect.poll(async () => serialOf(await reach(port))).not.toBe(serialOf(early))
    early.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(String((await once(early, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('SIP', () => {
  const openSip = async () => {
    const means = await shown()
    const sipd = await startSipd({
      clock: means.clock,
      log: silentLog,
      secret: 'only for this test',
      controlPort: 0,
      sipAddress: '127.0.0.1',
      sipPort: 0,
      tls: { port: 0, place },
    })
    open.push(sipd.close, means.certificate.close)
    return { ...means, sipd, port: sipd.sipTlsPort ?? 0 }
  }
  const options = (call: string) =>
    [
      'OPTIONS sip:12345@127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK${call}`,
      'From: <sip:a@b>;tag=1',
      'To: <sip:12345@127.0.0.1>',
      `Call-ID: ${call}`,
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n')

  it('is answered over TLS, over the connection on which it came, also after the certificate has changed', async () => {
    const { port, replace } = await openSip()
    const phone = await reach(port)
    phone.write(options('one'))
    expect(String((await once(phone, 'data'))[0])).toMatch(/^SIP\/2\.0 \d\d\d .*\r\nVia: SIP\/2\.0\/TLS /)
    const before = serialOf(phone)
    await replace()
    await expect.poll(async () => serialOf(await reach(port))).not.toBe(before)
    phone.write(options('two'))
    expect(String((await once(phone, 'data'))[0])).toContain('Call-ID: two')
  })

  it('holds no more than a few hundred handshakes that never end, and lets others in meanwhile', async () => {
    const { sipd, port } = await openSip()
    const strangers = await Promise.all(
      Array.from({ length: 230 }, async () => {
        const socket = connectBare(port, '127.0.0.1')
        socket.on('error', () => undefined).resume()
        open.push(() => socket.destroy())
        await once(socket, 'connect')
        return socket
      }),
    )
    const gone = () => strangers.filter(({ closed }) => closed).length
    await expect.poll(gone, { timeout: 10_000 }).toBeGreaterThanOrEqual(30)
    const phone = await reach(port)
    phone.write(options('among'))
    expect(String((await once(phone, 'data'))[0])).toContain('Call-ID: among')
    expect(sipd.open().connections).toBe(1)
  })
})
