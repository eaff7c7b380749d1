/** Keys as phones really send them, over real sockets, from the packet to the call. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encode } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import type { Key, MediaPool } from '../../src/media/index.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../../src/media/rtp.ts'
import { writeEventPayload } from '../../src/media/telephone-event.ts'
import { toneOf } from '../../src/media/tones.ts'
import type { Call } from '../../src/telephony/index.ts'
import { createRtpPeer, type RtpPeer, type Target } from '../support/rtp-peer.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

let farMedia: MediaPool
let house: SipHouse
let phone: SipPhone
let peer: RtpPeer
let far: PhoneCall
let call: Call
let to: Target
let sequence = 60_000

beforeAll(async () => {
  farMedia = await startTestMedia([27_000, 27_499])
  house = await openSipHouse({ portRange: [27_500, 27_999] })
  phone = await plugInPhone(house.sip, farMedia)
})
afterAll(async () => {
  await phone.close()
  await house.close()
  await farMedia.close()
})
beforeEach(async () => {
  peer = await createRtpPeer()
})
afterEach(async () => {
  far.hangup()
  await call.ended
  peer.close()
})

const sdpWith = (...stream: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...stream, ''].join('\r\n')
const usual = () => sdpWith(`m=audio ${peer.port} RTP/AVP 8 101`, 'a=rtpmap:101 telephone-event/8000')
const audioOf = (sdp: string): Target => ({
  address: '127.0.0.1',
  port: Number(/m=audio (\d+)/.exec(sdp)?.[1]),
})

async function rung(sdp = usual()) {
  far = await phone.ring('12345', { sdp })
  call = (await house.calls.take()) as Call
  await call.answer()
  to = audioOf((await far.final).body)
}

type Packet = {
  readonly timestamp: number
  readonly duration: number
  readonly marker?: boolean
  readonly end?: boolean
  readonly event?: number
  readonly payloadType?: number
}
function sendEvent({
  timestamp,
  duration,
  marker = false,
  end = false,
  event = 1,
  payloadType = 101,
}: Packet) {
  const packet = new Uint8Array(rtpHeaderBytes + 4)
  writeRtpHeader(packet, marker, payloadType, sequence++ & 0xffff, timestamp >>> 0, 0xabcdef)
  writeEventPayload(packet, rtpHeaderBytes, event, end, duration)
  peer.send(to, packet)
}
/** Eight packets and three ends, 20 ms apart. */
async function press(
  packetOf: (frame: number, usual: Packet) => Partial<Packet> = () => ({}),
  began = 100_000,
) {
  for (let frame = 0; frame < 11; frame++) {
    const usual = {
      timestamp: began,
      duration: Math.min(frame + 1, 8) * 160,
      marker: frame === 0,
      end: frame > 7,
    }
    sendEvent({ ...usual, ...packetOf(frame, usual) })
    await delay(20)
  }
}
async function sayTones(keys: readonly Key[], stampOf = (frame: number) => frame * 160) {
  let frame = 0
  for (const key of keys) {
    const sound = encode(pcma, toneOf(key))
    for (let at = 0; at + 160 <= sound.length; at += 160) {
      const packet = new Uint8Array(rtpHeaderBytes + 160)
      writeRtpHeader(packet, frame === 0, 8, sequence++ & 0xffff, stampOf(frame++) >>> 0, 0xabcdef)
      packet.set(sound.subarray(at, at + 160), rtpHeaderBytes)
      peer.send(to, packet)
      await delay(20)
    }
  }
}
const info = (type: string, body: string) => far.request('INFO', [['Content-Type', type]], body)

/** The keys of the call so far: a last one by INFO, which nothing overtakes for long, says when all others are there. */
async function keysHeard(): Promise<string> {
  await delay(150)
  await info('application/dtmf', 'D')
  let heard = ''
  for (let press = await call.keys.take(); press && press.key !== 'D'; press = await call.keys.take())
    heard += press.key
  return heard
}

it('is heard from a machine that names another address of its than it sends from', async () => {
  await rung(usual().replace('c=IN IP4 127.0.0.1', 'c=IN IP4 127.0.0.9'))
  await press()
  expect(await call.keys.take()).toMatchObject({ key: '1' })
})

describe('one press told in events is one key', () => {
  it.each<[string, Parameters<typeof press>[0]]>([
    ['as it should be', undefined],
    [
      'though its timestamp grows with every packet',
      (frame, { timestamp }) => ({ timestamp: timestamp + frame * 160 }),
    ],
    [
      'though the last two ends have new timestamps',
      (frame, { timestamp }) => ({ timestamp: frame > 8 ? timestamp + frame * 160 : timestamp }),
    ],
    ['though every packet bears the marker', () => ({ marker: true })],
    ['though none bears the marker', () => ({ marker: false })],
  ])('%s', async (_, habit) => {
    await rung()
    await press(habit)
    expect(await keysHeard()).toBe('1')
    await press(habit, 130_000)
    expect(await keysHeard()).toBe('1')
  })

  it('and two presses are two, though both have one timestamp, marker and end', async () => {
    await rung()
    await press()
    await press()
    expect(await keysHeard()).toBe('11')
  })

  it('though it is held for 9 s and goes on in a segment that begins at a multiple of 160', async () => {
    await rung()
    // Sent faster than it is held: what tells of the time is in the packets.
    for (let frame = 0; frame < 450; frame++) {
      const duration = (frame % 409) * 160 + 160
      sendEvent({ timestamp: 5000 + (frame >= 409 ? 65_440 : 0), duration, marker: frame === 0 })
      if (frame % 10 === 0) await delay(5)
    }
    expect(await keysHeard()).toBe('1')
  })

  it.each([
    ['its first packets', (frame: number) => frame < 8],
    ['its ends', (frame: number) => frame > 7],
  ])('though %s are lost', async (_, isLost) => {
    await rung()
    for (let frame = 0; frame < 11; frame++)
      if (isLost(frame)) sequence++
      else sendEvent({ timestamp: 1000, duration: Math.min(frame + 1, 8) * 160, end: frame > 7 })
    await press(undefined, 21_000)
    expect(await keysHeard()).toBe('11')
  })
})

describe('keys are heard', () => {
  it('as tones although events were negotiated', async () => {
    await rung()
    await sayTones(['1', '5', '0'])
    expect(await keysHeard()).toBe('150')
  })

  it('as tones though the timestamp falls back by 300 ms', async () => {
    await rung()
    // A second of sound before, so that its end is in nobody's memory but as time.
    await sayTones(
      ['9', '2', '2', '7', '1', '2', '3'],
      frame => 90_000 + frame * 160 - (frame < 32 ? 0 : 2400),
    )
    expect(await keysHeard()).toBe('9227123')
  })

  it('in events at 101 that the offer lists and does not name', async () => {
    await rung(sdpWith(`m=audio ${peer.port} RTP/AVP 8 101`))
    await press()
    expect(await keysHeard()).toBe('1')
  })

  it('in events of a call whose profile is AVPF, and is answered so', async () => {
    await rung(sdpWith(`m=audio ${peer.port} RTP/AVPF 8 101`, 'a=rtpmap:101 telephone-event/8000'))
    expect((await far.final).body).toMatch(/m=audio \d+ RTP\/AVPF 8 101\r\n/)
    await press()
    expect(await keysHeard()).toBe('1')
  })

  it('as tones at a dynamic type of A-law, by which we speak, too', async () => {
    await rung(sdpWith(`m=audio ${peer.port} RTP/AVP 118`, 'a=rtpmap:118 PCMA/8000'))
    peer.say(to, new Uint8Array(160).fill(0xd5), 118)
    const [ours] = await peer.hears(() => true)
    expect(ours?.payloadType).toBe(118)
    for (let at = 0, sound = encode(pcma, toneOf('6')); at < sound.length; at += 160) {
      peer.say(to, sound.subarray(at, at + 160), 118)
      await delay(20)
    }
    expect(await keysHeard()).toBe('6')
  })

  it('at the number that we offered, and at the other one of the answer', async () => {
    far = await phone.ring('12345', { sdp: null })
    call = (await house.calls.take()) as Call
    const answering = call.answer()
    to = audioOf((await far.final).body)
    // The phone's own answer, in its ACK, was another's; it offers itself anew to be where we want it.
    await answering
    await far.request('INVITE', [], '')
    far.acknowledge(sdpWith(`m=audio ${peer.port} RTP/AVP 8 96`, 'a=rtpmap:96 telephone-event/8000'))
    // It speaks, until the answer has arrived and it is heard.
    await peer.sayAll(to, new Uint8Array(160 * 20).fill(0xd5))
    await peer.hears(() => true)
    await press(() => ({ payloadType: 101 }))
    await press(() => ({ payloadType: 96, event: 2 }), 150_000)
    expect(await keysHeard()).toBe('12')
  })

  it.for([
    ['application/dtmf-relay', 'Signal=7\r\nDuration=160', '7'],
    ['application/dtmf', '*', '*'],
    ['audio/telephone-event', '4', '4'],
    ['audio/telephone-event', 'Signal=11\r\nDuration=160', '#'],
    ['audio/telephone-event', '\x05\x8a\x00\xa0', '5'],
    ['audio/telephone-event', '\x00\x0a\x00\xa0', '0'],
    ['audio/telephone-event', '\n\x8a\x03\x20', '*'],
  ] as const)('in an INFO of type %s with %j', async ([type, body, key], { skip }) => {
    // drachtio-server (0.9.10) has no bodies with a zero byte in them, and says 400 by itself.
    skip(process.env.DRACHTIO_URL !== undefined && body.includes('\0'))
    await rung()
    expect(statusOf(await info(type, body))).toBe(200)
    expect(await keysHeard()).toBe(key)
  })

  it('in no INFO of another kind, which is told what would be understood', async () => {
    await rung()
    const refused = await info('application/media_control+xml', '<picture_fast_update/>')
    expect(statusOf(refused)).toBe(415)
    expect(refused.headers.find(([name]) => name === 'accept')?.[1]).toContain('application/dtmf-relay')
    expect(await keysHeard()).toBe('')
  })
})

describe('one press told in two ways is one key', () => {
  it.each([
    ['with its duration', 'Signal=1\r\nDuration=900'],
    ['without its duration', 'Signal=1'],
    ['with a duration that is always the same', 'Signal=1\r\nDuration=160'],
  ])('held 900 ms, in events from its start and in an INFO %s when it is let go', async (_, body) => {
    await rung()
    for (let frame = 0; frame < 48; frame++) {
      sendEvent({
        timestamp: 8000,
        duration: Math.min(frame + 1, 45) * 160,
        marker: frame === 0,
        end: frame > 44,
      })
      await delay(20)
    }
    await info('application/dtmf-relay', body)
    expect(await keysHeard()).toBe('1')
  })

  it('in tones and in events beside them', async () => {
    await rung()
    for (const [at, event] of [1, 1, 2].entries()) {
      const key = String(event) as Key
      await Promise.all([
        press(() => ({ event }), 500_000 + at * 4000),
        sayTones([key], f => 500_000 + at * 4000 + f * 160),
      ])
    }
    expect(await keysHeard()).toBe('112')
  })

  it('in tones and in an INFO', async () => {
    await rung()
    await sayTones(['3', '3'])
    await info('application/dtmf-relay', 'Signal=3\r\nDuration=100')
    expect(await keysHeard()).toBe('33')
  })
})

describe('an offer whose sound we cannot reach', () => {
  it('is refused', async () => {
    await rung()
    for (const stream of [
      [`m=audio ${peer.port} RTP/AVP 8`, 'c=IN IP6 ::1'],
      [`m=audio ${peer.port} RTP/AVP 18 `],
      [`m=audio ${peer.port} RTP/XYZ 8`],
    ]) {
      const refused = await phone.ring('12345', { sdp: sdpWith(...stream) })
      expect(statusOf(await refused.final)).toBe(488)
    }
    const again = await far.request('INVITE', [], sdpWith(`m=audio ${peer.port} RTP/AVP 8`, 'c=IN IP6 ::1'))
    expect(statusOf(again)).toBe(488)
  })

  it('is taken where it names this machine, several ports, or a type of its own', async () => {
    await rung(sdpWith(`m=audio ${peer.port}/2 RTP/AVP 8 `, 'c=IN IP4 localhost'))
    // The phone's own port may have spoken first; the place that the offer names has the sound from its first packet on.
    peer.say(to, new Uint8Array(160).fill(0xd5))
    await peer.hears(({ payloadType }) => payloadType === 8)
  })
})
