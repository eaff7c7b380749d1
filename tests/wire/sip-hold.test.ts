/** A telephone that puts us on hold in the middle of a sentence, over real sockets. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { doorsTo, runFlow, type SimulatedEvent, type WithoutTime } from '../../src/ivr/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import type { Call } from '../../src/telephony/index.ts'
import { shipped, shippedCalls } from '../ivr/shipped.ts'
import { type Mark, soundOfMark, soundsOf } from '../support/marks.ts'
import { createRtpPeer, type Heard, type RtpPeer } from '../support/rtp-peer.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { sdpOf, statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

let farMedia: MediaPool
let house: SipHouse
let phone: SipPhone
const peers: RtpPeer[] = []
beforeAll(async () => {
  farMedia = await startTestMedia([28_500, 28_999])
  house = await openSipHouse({ portRange: [28_000, 28_499] })
  phone = await plugInPhone(house.sip, farMedia)
})
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close()
})
afterAll(async () => {
  await phone.close()
  await house.close()
  await farMedia.close()
})

const nowhere = (sdp: string) => sdp.replace(/c=IN IP4 \S+/, 'c=IN IP4 0.0.0.0')
const holds: [string, (port: number) => string][] = [
  ['sendonly', port => sdpOf(port, { direction: 'sendonly' })],
  ['inactive', port => sdpOf(port, { direction: 'inactive' })],
  ['0.0.0.0', port => nowhere(sdpOf(port))],
]

/** A call from a phone whose sound is this peer's. */
async function callFrom() {
  const peer = await createRtpPeer()
  peers.push(peer)
  const far = await phone.ring('12345', { sdp: sdpOf(peer.port) })
  const call = (await house.calls.take()) as Call
  await call.answer()
  // The phone's own port would speak in its place; the one that the SDP names has it from its first packet on.
  await far.port.close()
  const port = Number(/m=audio (\d+)/.exec((await far.final).body)?.[1])
  peer.say({ address: '127.0.0.1', port }, new Uint8Array(160).fill(0xd5))
  const describe = async (sdp: string) => {
    expect(statusOf(await far.request('INVITE', [], sdp))).toBe(200)
    far.acknowledge()
  }
  return { peer, far, call, describe, resume: () => describe(sdpOf(peer.port)) }
}
const isMark =
  (mark: Mark) =>
  ({ payload }: Heard) =>
    payload.length === 160 && soundsOf(mark, { codec: 'PCMA', payload, timestamp: 0, direction: 'heard' })
const afterMs = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const press = (far: PhoneCall, key: string) =>
  far.request('INFO', [['Content-Type', 'application/dtmf']], key)

it.each(holds)(
  'says the sentence that %s cut short from its beginning, and nothing before it again',
  async (_, hold) => {
    const { peer, far, call, describe, resume } = await callFrom()
    const playing = call.play([soundOfMark('low', 400), soundOfMark('high', 2_000)], { whole: true })
    await peer.hears(isMark('high'), 30)
    await describe(hold(peer.port))
    await afterMs(200)
    const before = peer.heard.length
    await press(far, '5')
    await afterMs(2_500)
    // Nothing is said to nobody, what they press meanwhile is known, and the sentence waits.
    expect(peer.heard.length).toBe(before)
    expect((await call.keys.take())?.key).toBe('5')
    await resume()
    expect(await playing).toBe('finished')
    await peer.hears(packet => !isMark('high')(packet), 1)
    const after = peer.heard.slice(before)
    expect(after.filter(isMark('low'))).toEqual([])
    expect(after.filter(isMark('high')).length).toBeGreaterThanOrEqual(98)
    await call.hangup()
  },
)

it('keeps the flow where it was: no queue behind the back of one who has us on hold, and keys count', async () => {
  const world = shippedCalls.find(
    ({ flow, world: { queue } }) => flow === 'hotline' && queue === 'answers',
  )?.world
  if (!world) throw new Error('no such world')
  const { peer, far, call, describe, resume } = await callFrom()
  const done: string[] = []
  const said: string[] = []
  const flow = runFlow(
    call,
    shipped,
    'hotline',
    doorsTo(
      { ...world, city: exampleCity },
      {
        clock: systemClock,
        log: silentLog,
        journal: { write: () => undefined },
        tell: (happening: WithoutTime<SimulatedEvent>) => done.push(happening.kind),
        prompts: {
          async sound({ text }) {
            said.push(text)
            return soundOfMark('high', 1_000)
          },
        },
      },
    ),
  )
  await peer.hears(isMark('high'), 10)
  await describe(sdpOf(peer.port, { direction: 'sendonly' }))
  await afterMs(3_000)
  expect(done).toEqual([])
  expect(said).toHaveLength(1)
  // The key for an order: its question is what they hear first when they are back, all of it.
  await press(far, '1')
  await expect.poll(() => said.length).toBe(2)
  await afterMs(1_500)
  const before = peer.heard.length
  await resume()
  await peer.hears(isMark('high'), 10)
  await expect.poll(() => peer.heard.slice(before).filter(isMark('high')).length).toBeGreaterThanOrEqual(48)
  expect(said).toHaveLength(2)
  await call.hangup()
  await flow
})
