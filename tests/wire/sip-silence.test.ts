/** Telephones that send nothing for a while, over real sockets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import { linearOf } from '../../src/media/codecs.ts'
import { type MediaPool, startMedia } from '../../src/media/index.ts'
import { writeReport } from '../../src/media/rtcp.ts'
import type { Call } from '../../src/telephony/index.ts'
import { hurried } from '../support/hurried-clock.ts'
import { soundOfMark, soundsOf } from '../support/marks.ts'
import { createRtpPeer, type RtpPeer } from '../support/rtp-peer.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { headerOf, sdpOf, statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

/** The question is low, what the house plays high. */
const question = soundOfMark('low', 400)
const played = soundOfMark('high', 60_000)
/** Twenty times as fast: what takes 15 s takes 0.75. */
const fast = hurried(20)
const talking = new Set<Call['id']>()

const seats = { missedAfterMs: 2_000, lostAfterMs: 14_000 }

let media: MediaPool
let farMedia: MediaPool
let house: SipHouse
let phone: SipPhone
beforeAll(async () => {
  media = await startMedia({
    workers: 1,
    bindAddress: '127.0.0.1',
    portRange: [29_000, 29_499],
    mediaTimeoutMs: 400,
    maxPorts: 20,
    log: silentLog,
  })
  farMedia = await startTestMedia([29_500, 29_999])
  house = await openSipHouse({
    media,
    clock: fast,
    silence: { stillThere: async () => [question], isTalking: ({ id }) => talking.has(id), seats },
  })
  phone = await plugInPhone(house.sip, farMedia)
})
afterAll(async () => {
  await phone.close()
  await house.close()
  await farMedia.close()
})

/** A call from a phone whose sound is this peer's: it sends nothing but what a test has it send. */
async function silentCall(peer: RtpPeer, direction = 'sendrecv') {
  const far = await phone.ring('12345', { sdp: sdpOf(peer.port, { direction }) })
  const call = (await house.calls.take()) as Call
  await call.answer()
  // The phone's own port would speak in its place; the one that the SDP names has it from its first packet on.
  await far.port.close()
  const address = { address: '127.0.0.1', port: Number(/m=audio (\d+)/.exec((await far.final).body)?.[1]) }
  const speak = () => peer.say(address, new Uint8Array(160).fill(0xd5))
  speak()
  await peer.hears(() => true)
  return { far, call, speak }
}
type SilentCall = Awaited<ReturnType<typeof silentCall>>
const hears = (peer: RtpPeer, mark: 'low' | 'high') =>
  peer.hears(({ payload }) => soundsOf(mark, { codec: 'PCMA', payload, timestamp: 0, direction: 'heard' }), 5)
const info = (far: PhoneCall, key: string) => far.request('INFO', [['Content-Type', 'application/dtmf']], key)
const isOver = (call: Call) => call.signal.aborted
const afterMs = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('a caller from whom nothing comes', () => {
  it.each(['sendrecv', 'recvonly'])('(%s) is asked before the call is ended with BYE', async direction => {
    const peer = await createRtpPeer()
    const { far, call } = await silentCall(peer)
    const again = await far.request('INVITE', [], sdpOf(peer.port, { direction }))
    expect(statusOf(again)).toBe(200)
    void call.play([played])
    await hears(peer, 'low')
    expect(isOver(call)).toBe(false)
    await far.ended
    expect(await call.ended).toMatchObject({ by: 'failure', reason: 'media-timeout' })
    peer.close()
  })

  it('stays when they press a key, which is nobody else’s, and hears on what was played', async () => {
    const peer = await createRtpPeer()
    const { far, call, speak } = await silentCall(peer)
    void call.play([played])
    await hears(peer, 'low')
    await info(far, '5')
    // From here on something comes: it is not asked again, which would take the next key, too.
    const speaking = setInterval(speak, 100)
    const before = peer.heard.length
    await peer.hears(() => true, before + 30)
    expect(peer.heard.slice(-10).some(({ payload }) => linearOf('PCMA', payload).some(Boolean))).toBe(true)
    await afterMs(900)
    expect(isOver(call)).toBe(false)
    await info(far, '7')
    expect((await call.keys.take())?.key).toBe('7')
    clearInterval(speaking)
    await call.hangup()
    peer.close()
  })

  it('reaches a person by 0 whatever was asked', async () => {
    const peer = await createRtpPeer()
    const { far, call } = await silentCall(peer)
    await hears(peer, 'low')
    await info(far, '0')
    expect((await call.keys.take())?.key).toBe('0')
    await call.hangup()
    peer.close()
  })

  it('is not asked while its reports come', async () => {
    const peer = await createRtpPeer()
    const { far, call } = await silentCall(peer)
    const to = { address: '127.0.0.1', port: Number(/m=audio (\d+)/.exec((await far.final).body)?.[1]) + 1 }
    const report = writeReport({ ssrc: 5, cname: 'phone', goodbye: false })
    for (let beat = 0; beat < 15; beat++) {
      peer.send(to, report)
      await afterMs(100)
    }
    expect(isOver(call)).toBe(false)
    expect(
      peer.heard.some(({ payload }) =>
        soundsOf('low', { codec: 'PCMA', payload, timestamp: 0, direction: 'heard' }),
      ),
    ).toBe(false)
    await call.hangup()
    peer.close()
  })

  it('nor while its reports come on the port of its sound', async () => {
    const peer = await createRtpPeer()
    const { far, call } = await silentCall(peer)
    const to = { address: '127.0.0.1', port: Number(/m=audio (\d+)/.exec((await far.final).body)?.[1]) }
    for (let beat = 0; beat < 15; beat++) {
      peer.send(to, writeReport({ ssrc: 5, cname: 'phone', goodbye: false }))
      await afterMs(100)
    }
    expect(isOver(call)).toBe(false)
    await call.hangup()
    peer.close()
  })
})

const nowhere = (sdp: string) => sdp.replace(/c=IN IP4 \S+/, 'c=IN IP4 0.0.0.0')
const holds: readonly ((port: number) => string)[] = [
  port => sdpOf(port, { direction: 'sendonly' }),
  port => sdpOf(port, { direction: 'inactive' }),
  port => nowhere(sdpOf(port)),
  () => sdpOf(0),
]

/** Some media timeouts, and more questions than a dead telephone is asked; then we are off hold. */
async function outlivesQuestions({ far, call, peer }: SilentCall & { readonly peer: RtpPeer }) {
  const asked = new Set<string>()
  while (asked.size < 5) {
    const request = await far.asked.take()
    if (request) asked.add(headerOf(request, 'cseq'))
  }
  expect([...asked].every(cseq => cseq.endsWith('INFO'))).toBe(true)
  expect(isOver(call)).toBe(false)
  expect(statusOf(await far.request('INVITE', [], sdpOf(peer.port)))).toBe(200)
  far.acknowledge()
  await peer.hears(() => true, peer.heard.length + 5)
}

describe('who has us on hold', () => {
  it('(sendonly, inactive, 0.0.0.0, port 0) stays for as long as their telephone answers, is asked nothing, and hears us again', async () => {
    // Each waits for the same while: beside the others.
    const held: (SilentCall & { readonly peer: RtpPeer })[] = []
    for (const hold of holds) {
      const peer = await createRtpPeer()
      const silent = await silentCall(peer)
      void silent.call.play([played])
      expect(statusOf(await silent.far.request('INVITE', [], hold(peer.port)))).toBe(200)
      silent.far.acknowledge()
      held.push({ ...silent, peer })
    }
    await Promise.all(held.map(outlivesQuestions))
    for (const { call, peer } of held) {
      await call.hangup()
      peer.close()
    }
  })

  it('and knows no INFO is asked by OPTIONS', async () => {
    const peer = await createRtpPeer()
    const { far, call } = await silentCall(peer)
    far.refuse('INFO', 501)
    expect(statusOf(await far.request('INVITE', [], sdpOf(peer.port, { direction: 'sendonly' })))).toBe(200)
    far.acknowledge()
    const methods = [await far.asked.take(), await far.asked.take()].map(asked => asked?.start.split(' ')[0])
    expect(methods).toEqual(['INFO', 'OPTIONS'])
    await afterMs(1_000)
    expect(isOver(call)).toBe(false)
    await call.hangup()
    peer.close()
  })

  it.each(['silently', 'and-comes-back', 'its port is closed'] as const)(
    'and dies (%s) is let go',
    async how => {
      const peer = await createRtpPeer()
      const { far, call } = await silentCall(peer)
      expect(statusOf(await far.request('INVITE', [], sdpOf(peer.port, { direction: 'sendonly' })))).toBe(200)
      far.acknowledge()
      // What drachtio-server makes of that.
      if (how === 'its port is closed') far.refuse('INFO', 503)
      else far.die(how)
      expect(await call.ended).toMatchObject({ by: 'failure', reason: 'media-timeout' })
      far.refuse('INFO', 200)
      peer.close()
    },
  )

  it('is held by a phone of ours, too: one that we rang', async () => {
    const ringing = house.line.dial({ kind: 'seat', name: 's1', contact: phone.contact }, { ringMs: 60_000 })
    const far = (await phone.rung.take()) as PhoneCall
    far.accept()
    const call = await ringing
    await far.port.close()
    expect(statusOf(await far.request('INVITE', [], sdpOf(9, { direction: 'inactive' })))).toBe(200)
    await far.asked.take()
    expect(isOver(call)).toBe(false)
    far.die('silently')
    expect(await call.ended).toMatchObject({ by: 'failure', reason: 'media-timeout' })
  })
})

describe('a conversation', () => {
  it('is not ended by a muted headset, while its telephone answers within the dialog', async () => {
    const peers = [await createRtpPeer(), await createRtpPeer()] as const
    const one = await silentCall(peers[0])
    const other = await silentCall(peers[1])
    await one.call.bridge(other.call)
    // Some media timeouts, and as many looks at the dialog.
    await afterMs(4_000)
    expect([isOver(one.call), isOver(other.call)]).toEqual([false, false])
    await one.call.hangup()
    await other.call.hangup()
    for (const peer of peers) peer.close()
  })

  it('is not ended while its person has it on hold', async () => {
    const peer = await createRtpPeer()
    const { call } = await silentCall(peer)
    talking.add(call.id)
    void call.play([played], { loop: true })
    await afterMs(3_000)
    expect(isOver(call)).toBe(false)
    await call.hangup()
    peer.close()
  })
})
