/** 870 bytes of SIP had 258 kB of sound sent to a third machine, which its SDP had named. */
import { createSocket, type Socket } from 'node:dgram'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { headerOf, readSip, sdpOf, statusOf, writeSip } from '../support/sip-message.ts'

const open: Socket[] = []
async function socketAt(address: string): Promise<Socket> {
  const socket = createSocket('udp4')
  open.push(socket)
  await new Promise<void>(resolve => socket.bind(0, address, resolve))
  return socket
}

let house: RunningHotline
beforeAll(async () => {
  house = await runHotline({ TRUSTED_PEERS: '127.0.4.4' })
}, 60_000)
afterAll(() => house.close())
afterEach(() => {
  for (const socket of open.splice(0)) socket.close()
})

/** Rings from one address with the sound at another, and says ACK; how many packets came there within two seconds. */
async function packetsAt(victim: Socket, from: string, speaks = false): Promise<number> {
  const phone = await socketAt(from)
  const here = `${from}:${phone.address().port}`
  const sdp = sdpOf(victim.address().port).replaceAll('127.0.0.1', victim.address().address)
  const send = (method: string, cseq: string, to: string, body = '') =>
    phone.send(
      writeSip(
        `${method} sip:12345@127.0.0.1 SIP/2.0`,
        [
          ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${method}${here}`],
          ['From', `<sip:x@${from}>;tag=1`],
          ['To', to],
          ['Call-ID', here],
          ['CSeq', cseq],
          ['Contact', `<sip:x@${here}>`],
          ['Max-Forwards', '70'],
          ...(body ? [['Content-Type', 'application/sdp'] as const] : []),
        ],
        body,
      ),
      house.sip.port,
      house.sip.host,
    )
  let packets = 0
  let reports = 0
  victim.on('message', (packet, source) => {
    if (packet[1]! >= 192) reports++
    else if (++packets === 5 && speaks) victim.send(packet, source.port, source.address)
  })
  const answered = new Promise<string>(resolve =>
    phone.on('message', bytes => {
      const answer = readSip(bytes.toString())
      if (statusOf(answer) === 200) resolve(headerOf(answer, 'to'))
    }),
  )
  send('INVITE', '1 INVITE', '<sip:12345@127.0.0.1>', sdp)
  const to = await answered
  // The hotline greets them by now, for longer than this looks on.
  send('ACK', '1 ACK', to)
  await delay(2_500)
  send('BYE', '2 BYE', to)
  expect(reports).toBeLessThan(5)
  return packets
}

it('stops after a second where nobody speaks from there', async () => {
  const packets = await packetsAt(await socketAt('127.0.3.3'), '127.0.2.2')
  expect(packets).toBeGreaterThan(0)
  expect(packets).toBeLessThanOrEqual(50)
})

it('goes on where somebody does, where the caller is at that address, and for an SBC that names another machine', async () => {
  expect(await packetsAt(await socketAt('127.0.3.3'), '127.0.2.2', true)).toBeGreaterThan(80)
  expect(await packetsAt(await socketAt('127.0.2.3'), '127.0.2.3')).toBeGreaterThan(80)
  expect(await packetsAt(await socketAt('127.0.3.4'), '127.0.4.4')).toBeGreaterThan(80)
})
