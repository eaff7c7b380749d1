/** Pages, the API and SIP went over the wire as they are: whoever sat on the way read passwords and heard who calls. */
import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { request } from 'node:https'
import { connect as connectBare } from 'node:net'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { certificateFolder, makeCertificate } from '../support/certificates.ts'
import { type RunningHotline, runHotline, testToken } from '../support/running-hotline.ts'

let files: Awaited<ReturnType<typeof certificateFolder>>
let own: Awaited<ReturnType<typeof makeCertificate>>
let another: Awaited<ReturnType<typeof makeCertificate>>
let hotline: RunningHotline
let pages = 0
let sips = 0
beforeAll(async () => {
  files = await certificateFolder()
  own = await makeCertificate(join(files.folder, 'own'))
  another = await makeCertificate(join(files.folder, 'another'))
  hotline = await runHotline({ HTTPS_CERT: own.certFile, HTTPS_KEY: own.keyFile, SIP_TLS_PORT: '0' })
  pages = Number(new URL(hotline.url).port)
  sips = Number(/sips:12345@127\.0\.0\.1:(\d+)/.exec(hotline.printed())?.[1])
}, 60_000)
afterAll(async () => {
  await hotline?.close()
  await files.remove()
})

const open: (() => unknown)[] = []
afterEach(() => {
  for (const close of open.splice(0).reverse()) close()
})

async function reach(port: number, options: object = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  open.push(() => socket.destroy())
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}
const serialOf = (socket: TLSSocket) => socket.getPeerX509Certificate()?.serialNumber

const ask = (path: string, headers = {}, method = 'GET', body = '') =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown> }>((resolve, reject) => {
    const asking = request({
      port: pages,
      path,
      method,
      headers,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      agent: false,
    })
    asking.on('error', reject).on('response', answer => {
      answer.resume()
      resolve({ status: answer.statusCode, headers: answer.headers })
    })
    asking.end(body)
  })

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

describe('pages and the API', () => {
  it('come over https, and tell browsers to stay there', async () => {
    const answer = await ask('/api/seats', { authorization: `Bearer ${testToken}` })
    expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000'])
    expect((await ask('/api/seats')).status).toBe(401)
  })

  it('give a cookie that no script reads, no other site sends along, and nothing but https carries', async () => {
    const member = { name: 'li', display: '李', role: 'seat', password: 'for the first day only' }
    const json = { 'content-type': 'application/json' }
    const by = { ...json, authorization: `Bearer ${testToken}` }
    expect((await ask('/api/staff', by, 'POST', JSON.stringify(member))).status).toBe(201)
    const { name, password } = member
    const signedIn = await ask(
      '/session',
      { ...json, origin: hotline.url },
      'POST',
      JSON.stringify({ name, password }),
    )
    const [cookie = ''] = signedIn.headers['set-cookie'] as readonly string[]
    expect(cookie).toMatch(/^__Host-/)
    for (const flag of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i])
      expect(cookie).toMatch(flag)
    expect(cookie).not.toMatch(/; Domain=/i)
  })

  it.each([
    [
      'bare http',
      async () => {
        const socket = connectBare(pages, '127.0.0.1')
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
      () =>
        reach(pages, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }).then(
          () => 'connected',
          () => '',
        ),
    ],
  ])('say nothing over %s', async (_, listen) => {
    expect(await listen()).not.toMatch(/connected|seats|200/)
  })
})

describe('SIP', () => {
  it('is answered over TLS, over the connection on which it came', async () => {
    const phone = await reach(sips)
    phone.write(options('one'))
    expect(String((await once(phone, 'data'))[0])).toMatch(/^SIP\/2\.0 \d\d\d .*\r\nVia: SIP\/2\.0\/TLS /)
  })

  it('holds no more than a few hundred handshakes that never end, and lets others in meanwhile', async () => {
    const strangers = await Promise.all(
      Array.from({ length: 230 }, async () => {
        const socket = connectBare(sips, '127.0.0.1')
        socket.on('error', () => undefined).resume()
        open.push(() => socket.destroy())
        await once(socket, 'connect')
        return socket
      }),
    )
    const gone = () => strangers.filter(({ closed }) => closed).length
    await expect.poll(gone, { timeout: 10_000 }).toBeGreaterThanOrEqual(30)
    const phone = await reach(sips)
    phone.write(options('among'))
    expect(String((await once(phone, 'data'))[0])).toContain('Call-ID: among')
  })
})

it('show another certificate within seconds of its being laid there, on both, and cut nobody', async () => {
  const [page, phone] = [await reach(pages), await reach(sips)]
  const before = serialOf(page)
  await copyFile(another.certFile, own.certFile)
  await copyFile(another.keyFile, own.keyFile)
  const late = { timeout: 20_000, interval: 250 }
  for (const port of [pages, sips])
    await expect.poll(async () => serialOf(await reach(port)), late).not.toBe(before)
  page.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(String((await once(page, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/)
  phone.write(options('two'))
  expect(String((await once(phone, 'data'))[0])).toContain('Call-ID: two')
}, 60_000)
