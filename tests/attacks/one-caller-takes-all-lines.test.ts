/** Thirty INVITEs from one address took every line, and so did four pages. */
import { createSocket, type Socket } from 'node:dgram'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { MediaPool } from '../../src/media/index.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { headerOf, readSip, type SipText, sdpOf, statusOf, writeSip } from '../support/sip-message.ts'
import { plugInPhone, type SipPhone } from '../support/sip-phone.ts'

let hotline: RunningHotline
let media: MediaPool
let phone: SipPhone
beforeAll(async () => {
  // A quarter of them for one address is 5, half of them for its neighbourhood 10; the last 4 are kept.
  hotline = await runHotline({ MAX_CALLS: '20', TRUSTED_PEERS: '127.9.9.9' })
  media = await startTestMedia([25_000, 25_999])
  phone = await plugInPhone(hotline.sip, media, '13800138000')
}, 60_000)
const flooding: (Socket | WebSocket)[] = []
afterAll(async () => {
  for (const one of flooding) one.close()
  await phone?.close()
  await media?.close()
  await hotline?.close()
}, 60_000)

/** So many INVITEs from an address, each of another number and never ended; their final answers. */
async function invites(address: string, count: number): Promise<readonly SipText[]> {
  const socket = createSocket('udp4')
  flooding.push(socket)
  await new Promise<void>(resolve => socket.bind(0, address, resolve))
  const here = `${address}:${socket.address().port}`
  const answers = new Map<string, SipText>()
  const all = new Promise<void>(resolve =>
    socket.on('message', bytes => {
      const answer = readSip(bytes.toString())
      if (statusOf(answer) < 200) return
      answers.set(headerOf(answer, 'call-id'), answer)
      if (answers.size === count) resolve()
    }),
  )
  for (let at = 0; at < count; at++) {
    const id = `${here}-${at}`
    socket.send(
      writeSip(
        'INVITE sip:12345@127.0.0.1 SIP/2.0',
        [
          ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${id}`],
          ['From', `<sip:1390013${String(at).padStart(4, '0')}@${address}>;tag=${at}`],
          ['To', '<sip:12345@127.0.0.1>'],
          ['Call-ID', id],
          ['CSeq', '1 INVITE'],
          ['Contact', `<sip:x@${here}>`],
          ['Max-Forwards', '70'],
          ['Content-Type', 'application/sdp'],
        ],
        sdpOf(40_000 + at * 2),
      ),
      hotline.sip.port,
      hotline.sip.host,
    )
  }
  await all
  return [...answers.values()]
}
const answered = (answers: readonly SipText[]) => answers.filter(answer => statusOf(answer) === 200).length

/** Pages of an address that ring, and how many of them were sent away as there is no line. */
async function pages(address: string, count: number): Promise<number> {
  const url = `${hotline.url.replace('http', 'ws')}/phone/line`
  const closed = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = new WebSocket(url, { localAddress: address, headers: { origin: hotline.url } })
      flooding.push(socket)
      return new Promise<boolean>((resolve, reject) => {
        socket.on('error', reject)
        socket.on('open', () => socket.send(JSON.stringify({ kind: 'ring', to: '12345' })))
        socket.on('message', () => resolve(false))
        socket.on('close', code => resolve(code === 1013))
      })
    }),
  )
  return closed.filter(Boolean).length
}

it('leaves lines to the others when one address sends thirty INVITEs, and says when to come again', async () => {
  const answers = await invites('127.0.2.2', 30)
  expect(answered(answers)).toBe(5)
  const refused = answers.filter(answer => statusOf(answer) !== 200)
  expect(new Set(refused.map(statusOf))).toEqual(new Set([503]))
  expect(new Set(refused.map(answer => headerOf(answer, 'retry-after')))).toEqual(new Set(['60']))
})

it('nor does its neighbourhood take them, address by address', async () => {
  expect(answered(await invites('127.0.2.3', 10))).toBe(5)
  expect(answered(await invites('127.0.2.4', 10))).toBe(0)
})

it('nor do pages of four addresses beside them', async () => {
  const away = await Promise.all([1, 2, 3, 4].map(at => pages(`127.0.${10 + at}.1`, 5)))
  expect(away.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(20 - 10)
})

it('answers somebody who has no call, asks for a key first, and then takes them to a person', async () => {
  const far = await phone.ring('12345')
  expect(statusOf(await far.final)).toBe(200)
  const said = async () =>
    (await hotline.facts()).flatMap(fact => (fact.kind === 'prompt' ? [String(fact.text)] : []))
  await expect.poll(said, { timeout: 10_000 }).toContainEqual(expect.stringContaining('请按7'))
  expect((await hotline.facts()).map(({ kind }) => kind)).not.toContain('flow')
  far.port.sendKey('7')
  await expect
    .poll(async () => (await hotline.facts()).map(({ kind }) => kind), { timeout: 10_000 })
    .toContain('queued')
  const metrics = await fetch(`${hotline.url}/metrics`).then(answer => answer.text())
  expect(metrics).toMatch(/jieting_lines_refused_total\{why="source"\} 30/)
  far.hangup()
})
