/** Many short calls, and nothing left of them. */
import { createSocket } from 'node:dgram'
import { expect, it, onTestFinished } from 'vitest'
import { connectApp } from '../sipd/app.ts'
import { isReal, openServer } from '../sipd/open-server.ts'
import { sdp } from '../sipd/peer.ts'

const calls = 10_000
/** As many at once. */
const width = 40

it(`${calls} short calls leave nothing open`, { timeout: 60_000 }, async () => {
  const server = await openServer(100)
  onTestFinished(server.close)
  let destroyed = 0
  const app = await connectApp(server.control, each =>
    each.invite(async (req, res) => {
      const dialog = await each.createUAS(req, res, { localSdp: sdp(5000) })
      if (dialog.connected) dialog.on('destroy', () => destroyed++)
      else destroyed++
    }),
  )
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>(resolve => socket.close(() => resolve())))
  const { port } = socket.address()

  const head = (method: string, call: number, seq: number, toTag: string) =>
    [
      `${method} sip:app@127.0.0.1:${server.sipPort} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${port}-${call}-${method}`,
      `From: <sip:peer@127.0.0.1>;tag=${call}`,
      `To: <sip:app@127.0.0.1>${toTag}`,
      `Call-ID: ${port}-${call}`,
      `CSeq: ${seq} ${method}`,
      `Contact: <sip:peer@127.0.0.1:${port}>`,
    ].join('\r\n')
  const send = (method: string, call: number, seq: number, toTag = '', body = '') =>
    socket.send(
      `${head(method, call, seq, toTag)}\r\n${body && 'Content-Type: application/sdp\r\n'}Content-Length: ${body.length}\r\n\r\n${body}`,
      server.sipPort,
      '127.0.0.1',
    )

  const offer = sdp()
  const answered = new Set<number>()
  const over = new Set<number>()
  let begun = 0
  await new Promise<void>(resolve => {
    const begin = () => {
      if (begun < calls) send('INVITE', begun++, 1, '', offer)
    }
    socket.on('message', bytes => {
      const text = bytes.toString('latin1')
      if (!text.startsWith('SIP/2.0 200')) return
      const call = Number(/^Call-ID: \d+-(\d+)/im.exec(text)?.[1])
      const [, seq, method] = /^CSeq: (\d+) (\w+)/im.exec(text) ?? []
      if (method === 'INVITE') {
        const toTag = /^To: .*(;tag=\S+)/im.exec(text)?.[1] ?? ''
        send('ACK', call, Number(seq), toTag)
        if (!answered.has(call)) send('BYE', call, 2, toTag)
        answered.add(call)
      } else if (!over.has(call)) {
        over.add(call)
        begin()
        if (over.size === calls) resolve()
      }
    })
    for (let at = 0; at < width; at++) begin()
  })

  expect(answered.size).toBe(calls)
  await expect.poll(() => destroyed, { timeout: 5_000 }).toBe(calls)
  if (isReal) return
  expect(server.open()).toMatchObject({ dialogs: 0, requests: 0, connections: 0, apps: 1 })
  // 64 T1 after the last call its transactions have been forgotten, too.
  await expect.poll(() => server.open()?.transactions, { timeout: 15_000 }).toBe(0)
  app.disconnect()
  await expect.poll(() => server.open()?.apps, { timeout: 5_000 }).toBe(0)
})
