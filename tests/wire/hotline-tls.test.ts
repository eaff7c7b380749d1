/** The built product over TLS, as an operator starts it: pages, the terminal, a telephone, and what a start says of a wrong certificate. */
import { once } from 'node:events'
import { request } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shell } from '../cli/shell.ts'
import { hasBaresip, startBaresip } from '../support/baresip.ts'
import { certificateFolder, makeCertificate } from '../support/certificates.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { chirp, find } from '../support/sounds.ts'

let files: Awaited<ReturnType<typeof certificateFolder>>
let tls: Record<string, string>
let other: Awaited<ReturnType<typeof makeCertificate>>
let hotline: RunningHotline
beforeAll(async () => {
  files = await certificateFolder()
  const own = await makeCertificate(join(files.folder, 'own'))
  other = await makeCertificate(join(files.folder, 'other'))
  tls = { HTTPS_CERT: own.certFile, HTTPS_KEY: own.keyFile }
  hotline = await runHotline({ ...tls, SIP_TLS_PORT: '0', PUBLIC_URL: 'https://other.example' })
}, 60_000)
afterAll(async () => {
  await hotline?.close()
  await files.remove()
})

const up = chirp(400, 3000, 300)
const down = chirp(3000, 400, 300)
const patience = { timeout: 15_000, interval: 50 }
const sipsPort = () => Number(/sips:12345@127\.0\.0\.1:(\d+)/.exec(hotline.printed())?.[1])

const ask = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asking = request(`${hotline.url}${path}`, { rejectUnauthorized: false, agent: false })
    asking.on('error', reject).on('response', answer => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asking.end()
  })

it('serves its pages over https, says what the certificate lacks, and is found by its commands', async () => {
  expect(hotline.url).toMatch(/^https:/)
  expect(hotline.printed()).toMatch(/does not name other\.example/)
  expect([await ask('/'), await ask('/livez')]).toEqual([200, 200])
  const { code, out } = await hotline.jieting('seat', 'list', '--json')
  expect([code, JSON.parse(out)]).toEqual([0, { seats: [] }])
})

it('tells its token to nobody who shows another certificate', async () => {
  const { code, err } = await shell(['seat', 'list', '--lang', 'en'], {
    ...tls,
    HTTPS_CERT: other.certFile,
    HTTPS_KEY: other.keyFile,
    JIETING_URL: hotline.url,
    API_TOKEN: 'a-token-that-only-the-tests-know',
  })
  expect([code, err]).toEqual([1, expect.stringContaining('another certificate')])
})

it('rings and is answered over TLS', async () => {
  const phone = connect({ port: sipsPort(), host: '127.0.0.1', rejectUnauthorized: false })
  await once(phone, 'secureConnect')
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n`
  const here = `127.0.0.1:${phone.localPort}`
  const message = (method: string, to: string, more: readonly string[], body = '') =>
    [
      `${method} sips:12345@127.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/TLS ${here};rport;branch=z9hG4bK${method}`,
      'Max-Forwards: 70',
      'From: <sips:13800138000@127.0.0.1>;tag=caller',
      `To: ${to}`,
      'Call-ID: over-tls',
      `CSeq: ${method === 'BYE' ? 2 : 1} ${method}`,
      `Contact: <sips:caller@${here}>`,
      ...more,
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
  let heard = ''
  phone.setEncoding('latin1').on('data', text => {
    heard += text
  })
  phone.write(message('INVITE', '<sips:12345@127.0.0.1>', ['Content-Type: application/sdp'], sdp))
  await expect.poll(() => heard, { timeout: 10_000 }).toMatch(/^SIP\/2\.0 200 /m)
  const answer = heard.slice(heard.search(/^SIP\/2\.0 200 /m))
  expect(answer).toMatch(/^Contact: <sips:127\.0\.0\.1:\d+>/m)
  const to = /^To: (.+)\r$/m.exec(answer)?.[1] ?? ''
  phone.write(message('ACK', to, []))
  phone.write(message('BYE', to, []))
  await expect.poll(() => heard).toMatch(/CSeq: 2 BYE/)
  phone.destroy()
})

it.skipIf(!hasBaresip && process.env.CI !== 'true')(
  'a caller over TLS talks with a seat whose phone has registered over TLS',
  async () => {
    const port = sipsPort()
    const added = await hotline.jieting('seat', 'add', 's1', '--name', '一号坐席', '--json')
    const { password }: { password: string } = JSON.parse(added.out)
    const seat = await startBaresip({
      user: 's1',
      codec: 'pcma',
      says: down,
      answers: true,
      registers: { port, password, isTls: true },
    })
    const caller = await startBaresip({ user: 'citizen', codec: 'pcma', says: up })
    try {
      await seat.happens('REGISTER_OK')
      const { out } = await hotline.jieting('seat', 'list', '--json')
      expect(JSON.parse(out).seats[0].contact).toMatch(/^sip:s1[^@]*@127\.0\.0\.1:\d+;.*transport=tls$/)
      expect((await hotline.jieting('seat', 'ready', 's1')).code).toBe(0)
      caller.order('dial', `sip:12345@127.0.0.1:${port};transport=tls`)
      await caller.happens('CALL_ESTABLISHED')
      await expect.poll(async () => (await caller.heard()).length, patience).toBeGreaterThan(8_000)
      caller.order('sndcode', '0')
      await seat.happens('CALL_ESTABLISHED')
      await expect.poll(async () => (await seat.heard()).length, patience).toBeGreaterThan(12_000)
      caller.order('hangup')
      await seat.happens('CALL_CLOSED')
      expect(find(down, await caller.heard()).likeness).toBeGreaterThan(0.9)
      expect(find(up, await seat.heard()).likeness).toBeGreaterThan(0.9)
    } finally {
      await caller.close()
      await seat.close()
    }
  },
  40_000,
)

it.each([
  [
    'that is not there',
    async () => ({ HTTPS_CERT: '/nowhere.pem' }),
    /HTTPS_CERT: found \/nowhere\.pem, which cannot be read/,
  ],
  [
    'whose key is another',
    async () => ({ HTTPS_KEY: other.keyFile }),
    /HTTPS_KEY: found .*key of another certificate/,
  ],
  ['without a key', async () => ({ HTTPS_KEY: '' }), /HTTPS_KEY: found nothing/],
  [
    'that is no certificate',
    async () => ({ HTTPS_CERT: tls.HTTPS_KEY ?? '' }),
    /HTTPS_CERT: found .*no certificate in PEM/,
  ],
])(
  'refuses to start with a certificate %s, and says which setting to mend',
  async (_, wrong, said) => {
    const env = {
      ...tls,
      ...(await wrong()),
      DATA_DIR: files.folder,
      HTTP_PORT: '0',
      SIP_PORT: '0',
      SPEECH: 'scripted',
    }
    const { code, err } = await shell(['start', '--lang', 'en'], env)
    expect([code, err]).toEqual([expect.any(Number), expect.stringMatching(said)])
    expect(code).not.toBe(0)
  },
  30_000,
)
