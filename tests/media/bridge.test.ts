import { expect, it } from 'vitest'
import { decode, encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { type CodecName, soundOf } from '../../src/media/index.ts'
import { toneOf } from '../../src/media/tones.ts'
import { mediaForTest, notice, phoneOn } from '../support/media-pool.ts'
import type { RtpPeer } from '../support/rtp-peer.ts'
import { chirp, find, tone } from '../support/sounds.ts'

function samplesHeard(peer: RtpPeer, codec: CodecName): Int16Array {
  const { payloadType } = codecOf(codec)
  const frames = peer.heard.filter(packet => packet.payloadType === payloadType)
  return Int16Array.from(frames.flatMap(({ payload }) => [...decode(codecOf(codec), payload)]))
}

it.each([
  ['PCMA', 'PCMA'],
  ['PCMU', 'PCMU'],
  ['PCMA', 'PCMU'],
  ['PCMU', 'PCMA'],
] as const)('lets a caller with %s and a seat with %s hear each other', async (theirs, ours) => {
  const pool = await mediaForTest()
  const [caller, callerPort] = await phoneOn(pool, { codec: theirs })
  const [seat, seatPort] = await phoneOn(pool, { codec: ours }, callerPort)
  await callerPort.bridge(seatPort)
  const question = chirp(300, 2000, 400)
  const answer = chirp(3000, 500, 400)
  const padding = new Int16Array(8 * 100)
  const padded = (sound: Int16Array) => Int16Array.from([...padding, ...sound, ...padding])
  await Promise.all([
    caller.sayAll(callerPort.local, encode(codecOf(theirs), padded(question)), codecOf(theirs).payloadType),
    seat.sayAll(seatPort.local, encode(codecOf(ours), padded(answer)), codecOf(ours).payloadType),
  ])
  const likeness = () => [
    find(question.subarray(800, 2400), samplesHeard(seat, ours)).likeness,
    find(answer.subarray(800, 2400), samplesHeard(caller, theirs)).likeness,
  ]
  await expect.poll(() => Math.min(...likeness())).toBeGreaterThan(0.95)
})

it('hears keys on both sides of a bridge and says them to the other side', async () => {
  const pool = await mediaForTest()
  const [caller, callerPort] = await phoneOn(pool)
  const [seat, seatPort] = await phoneOn(pool, { eventPayloadType: 96 }, callerPort)
  await callerPort.bridge(seatPort)
  const heard = notice(callerPort, 'key')
  caller.press(callerPort.local, 5)
  expect(await heard).toMatchObject({ key: '5', source: 'rtp-event' })
  const events = await seat.hears(({ payloadType }) => payloadType === 96, 8)
  expect(events.map(({ payload }) => [...payload])).toEqual([
    [5, 0x0a, 0x00, 0xa0], // 20 ms
    [5, 0x0a, 0x01, 0x40],
    [5, 0x0a, 0x01, 0xe0],
    [5, 0x0a, 0x02, 0x80],
    [5, 0x0a, 0x03, 0x20], // 100 ms
    [5, 0x8a, 0x03, 0x20], // the end, three times
    [5, 0x8a, 0x03, 0x20],
    [5, 0x8a, 0x03, 0x20],
  ])
  expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(1)
  expect(events.map(({ marker }) => marker)).toEqual([true, ...Array(7).fill(false)])
  const answered = notice(seatPort, 'key')
  seat.press(seatPort.local, 10, 96)
  expect((await answered).key).toBe('*')
  await caller.hears(({ payloadType, payload }) => payloadType === 101 && payload[0] === 10, 8)
})

it('says keys as tones to an end that knows no events, and hears its tones', async () => {
  const pool = await mediaForTest()
  const [caller, callerPort] = await phoneOn(pool)
  const [old, oldPort] = await phoneOn(pool, {}, callerPort)
  const { eventPayloadType: _, ...plain } = {
    address: old.address,
    port: old.port,
    codec: 'PCMU' as const,
    eventPayloadType: 101,
    send: true,
  }
  oldPort.connect(plain)
  await callerPort.bridge(oldPort)
  caller.press(callerPort.local, 7)
  await old.hears(({ payloadType }) => payloadType === 0, 20)
  const seven = toneOf('7').subarray(0, 800)
  expect(find(seven, samplesHeard(old, 'PCMU')).likeness).toBeGreaterThan(0.95)

  const heard = notice(oldPort, 'key')
  const dialled = Int16Array.from([...toneOf('#'), ...new Int16Array(1600)])
  await old.sayAll(oldPort.local, encode(codecOf('PCMU'), dialled), 0)
  expect(await heard).toMatchObject({ key: '#', source: 'tone' })
})

it('ends a play when bridged, and a bridge when played to', async () => {
  const pool = await mediaForTest()
  const [caller, callerPort] = await phoneOn(pool)
  const [seat, seatPort] = await phoneOn(pool, {}, callerPort)
  const music = callerPort.play([soundOf(tone(440, 5000))])
  await callerPort.bridge(seatPort)
  expect(await music).toBe('stopped')
  const loud = new Uint8Array(160).fill(0x2a)
  for (let at = 0; at < 5; at++) seat.say(seatPort.local, loud)
  await caller.hears(({ payload }) => payload[0] === 0x2a)
  expect(await callerPort.play([soundOf(tone(440, 40))])).toBe('finished')
  const before = caller.heard.length
  for (let at = 0; at < 5; at++) seat.say(seatPort.local, loud)
  await caller.hears(() => true, before + 10)
  expect(caller.heard.slice(before).some(({ payload }) => payload[0] === 0x2a)).toBe(false)
})

it('refuses a bridge between workers and with a port that is closed', async () => {
  const pool = await mediaForTest({ workers: 2 })
  const one = await pool.open()
  const elsewhere = await pool.open()
  await expect(one.bridge(elsewhere)).rejects.toMatchObject({ code: 'bridge-failed' })
  const near = await pool.open(one)
  await near.close()
  await expect(one.bridge(near)).rejects.toMatchObject({ code: 'bridge-failed' })
})
