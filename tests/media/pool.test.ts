import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import { type MediaPool, type MediaPort, soundOf, startMedia } from '../../src/media/index.ts'
import { createRtpPeer, type RtpPeer } from '../support/rtp-peer.ts'

let pool: MediaPool
const open: { close(): unknown }[] = []

beforeEach(async () => {
  pool = await startMedia({
    workers: 2,
    bindAddress: '127.0.0.1',
    portRange: [26000, 26999],
    mediaTimeoutMs: 400,
    maxPorts: 8,
    log: silentLog,
  })
})
afterEach(async () => {
  for (const one of open.splice(0)) one.close()
  await pool.close()
})

/** A telephone and the port that serves it, knowing of each other. */
async function connected(
  remote: Partial<Parameters<MediaPort['connect']>[0]> = {},
  near?: MediaPort,
): Promise<[RtpPeer, MediaPort]> {
  const peer = await createRtpPeer()
  open.push(peer)
  const port = await pool.open(near)
  port.connect({
    address: peer.address,
    port: peer.port,
    codec: 'PCMA',
    eventPayloadType: 101,
    send: true,
    ...remote,
  })
  return [peer, port]
}

const tone = (hz: number, ms: number) =>
  soundOf(Int16Array.from({ length: ms * 8 }, (_, at) => 8000 * Math.sin((2 * Math.PI * hz * at) / 8000)))

it('plays a sound to its end, then silence, in one unbroken stream', async () => {
  const [peer, port] = await connected()
  await peer.hears(() => true)
  expect(await port.play([tone(440, 100), tone(880, 50)])).toBe('finished')
  const [first] = await peer.hears(packet => packet.payload.some(byte => byte !== 0xd5))
  const packets = await peer.hears(packet => packet.sequence !== -1, 12)
  expect(first!.marker).toBe(true)
  for (const [at, packet] of packets.slice(1).entries()) {
    expect(packet.sequence).toBe((packets[at]!.sequence + 1) & 0xffff)
    expect(packet.timestamp).toBe((packets[at]!.timestamp + 160) >>> 0)
    expect(packet.ssrc).toBe(first!.ssrc)
    expect(packet.payload.length).toBe(160)
  }
})

it('lets a play replace another, a signal stop one, and a closed port lose one', async () => {
  const [, port] = await connected()
  const first = port.play([tone(440, 1000)])
  const stop = new AbortController()
  const second = port.play([tone(440, 1000)], { loop: true, signal: stop.signal })
  expect(await first).toBe('stopped')
  stop.abort()
  expect(await second).toBe('stopped')
  const third = port.play([tone(440, 1000)])
  await port.close()
  expect(await third).toBe('lost')
  expect(await port.play([tone(440, 20)])).toBe('lost')
})

it('hears a key once, at its first packet', async () => {
  const [peer, port] = await connected()
  const heard: string[] = []
  const two = new Promise<void>(resolve =>
    port.on('key', ({ key, source }) => heard.push(`${key} ${source}`) === 2 && resolve()),
  )
  peer.press(port.local, 0)
  peer.press(port.local, 11, 101, packet => packet < 7)
  await two
  expect(heard).toEqual(['0 rtp-event', '# rtp-event'])
})

it('bridges two ports, from one codec to the other, and hands keys on', async () => {
  const [caller, callerPort] = await connected({ codec: 'PCMA' })
  const [seat, seatPort] = await connected({ codec: 'PCMU', eventPayloadType: 96 }, callerPort)
  await callerPort.bridge(seatPort)
  const said = new Uint8Array(160 * 25).fill(0x2a)
  await caller.sayAll(callerPort.local, said)
  await seat.hears(
    packet =>
      packet.payloadType === 0 && packet.payload.every(byte => byte === packet.payload[0] && byte < 0x80),
    10,
  )
  caller.press(callerPort.local, 5)
  const events = await seat.hears(packet => packet.payloadType === 96, 8)
  expect(events.map(({ payload }) => payload[0])).toEqual(Array(8).fill(5))
})
