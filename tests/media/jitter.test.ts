import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pcma } from '../../src/media/codecs/pcma.ts'
import {
  createJitterBuffer,
  depthOf,
  type JitterBuffer,
  putPayload,
  takeFrame,
} from '../../src/media/jitter.ts'
import { carry, type Weather } from '../support/network.ts'

type Voice = {
  readonly timestamp: number
  readonly payload: Uint8Array
  readonly ssrc: number
  readonly sequence: number
}

/** Frames that bear their number, 1 to 250 over and over, beginning just before the timestamp wraps. */
function speech(frames: number, firstTimestamp = 0xffffff00, ssrc = 7, startMs = 0, firstSequence = 65500) {
  return Array.from({ length: frames }, (_, at) => ({
    atMs: startMs + at * 20,
    packet: {
      timestamp: (firstTimestamp + at * 160) >>> 0,
      payload: new Uint8Array(160).fill(1 + (at % 250)),
      ssrc,
      sequence: (firstSequence + at) & 0xffff,
    },
  }))
}

const put = (buffer: JitterBuffer, { ssrc, sequence, timestamp, payload }: Voice) =>
  putPayload(buffer, ssrc, sequence, timestamp, payload, 0, payload.length)

/** What a listener who takes a frame every 20 ms hears: frame numbers, undefined where the frame did not come whole. */
function listen(
  arrivals: readonly { readonly atMs: number; readonly packet: Voice }[],
  buffer = createJitterBuffer(pcma),
) {
  const heard: (number | undefined)[] = []
  const frame = new Uint8Array(160)
  const waiting = [...arrivals]
  const endMs = (arrivals.at(-1)?.atMs ?? 0) + 400
  for (let nowMs = 10; nowMs < endMs; nowMs += 20) {
    while (waiting[0] && waiting[0].atMs <= nowMs) put(buffer, waiting.shift()!.packet)
    const received = takeFrame(buffer, frame)
    const isWhole = received === 160 && frame.every(byte => byte === frame[0])
    heard.push(isWhole ? frame[0] : undefined)
  }
  return heard
}

const whole = (heard: readonly (number | undefined)[]) => heard.filter(one => one !== undefined)

it('hands on a perfect stream unbroken, over the wrap of its timestamp', () => {
  const heard = listen(speech(120))
  const first = heard.indexOf(1)
  expect(heard.slice(first, first + 120)).toEqual(Array.from({ length: 120 }, (_, at) => at + 1))
  expect(first).toBeLessThanOrEqual(1)
})

it('is not impressed by order and repetition within its patience', () => {
  fc.assert(
    fc.property(fc.nat(), seed => {
      const weather: Weather = { loss: 0, repeat: 0.5, delayMs: 30, jitterMs: 19 }
      const heard = whole(listen(carry(seed, weather, speech(200))))
      expect(heard).toEqual(Array.from({ length: 200 }, (_, at) => at + 1))
    }),
  )
})

it('never plays anything twice or out of order, whatever the network does', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      fc.double({ min: 0, max: 150, noNaN: true }),
      (seed, loss, jitterMs) => {
        const heard = whole(listen(carry(seed, { loss, repeat: 0.2, delayMs: 20, jitterMs }, speech(240))))
        for (let at = 1; at < heard.length; at++) expect(heard[at]!).toBeGreaterThan(heard[at - 1]!)
      },
    ),
  )
})

it('learns how patient it must be: after a while a shaky network costs almost nothing', () => {
  fc.assert(
    fc.property(fc.nat(), seed => {
      const arrivals = carry(seed, { loss: 0, repeat: 0, delayMs: 20, jitterMs: 100 }, speech(245))
      const late = whole(listen(arrivals)).filter(number => number > 125)
      expect(late.length).toBeGreaterThanOrEqual(114)
    }),
    { numRuns: 50 },
  )
})

it('gives the delay back when the network has calmed down', () => {
  const buffer = createJitterBuffer(pcma)
  const frame = new Uint8Array(160)
  const shaky = carry(1, { loss: 0, repeat: 0, delayMs: 0, jitterMs: 150 }, speech(100))
  listen(shaky, buffer)
  const deep = depthOf(buffer)
  for (const [at, { packet }] of speech(1000, 0xffffff00 + 120 * 160).entries()) {
    put(buffer, packet)
    takeFrame(buffer, frame)
    if (at === 0) expect(depthOf(buffer)).toBeGreaterThanOrEqual(deep)
  }
  expect(depthOf(buffer)).toBeLessThanOrEqual(320)
})

it('makes up for a standstill in the next pauses, and leaves out nothing that was said', () => {
  const buffer = createJitterBuffer(pcma)
  const frame = new Uint8Array(160)
  // A second of speech, a second of pause, over and over; 460 ms are held up and come at once.
  const isSpeech = (at: number) => Math.floor(at / 50) % 2 === 0
  const loud = (at: number) => pcma.fromLinear[2000 + (at % 50) * 500]!
  const packets = speech(500, 0xffffff00).map(({ atMs, packet }, at) => ({
    atMs: at >= 62 && at < 85 ? 85 * 20 : atMs,
    packet: { ...packet, payload: new Uint8Array(160).fill(isSpeech(at) ? loud(at) : buffer.silence) },
  }))
  const depths: number[] = []
  const heard: number[] = []
  for (let nowMs = 10; nowMs < 500 * 20; nowMs += 20) {
    while (packets[0] && packets[0].atMs <= nowMs) put(buffer, packets.shift()!.packet)
    if (takeFrame(buffer, frame) === 160 && frame[0] !== buffer.silence) heard.push(frame[0]!)
    depths.push(depthOf(buffer) / 8)
  }
  expect(Math.max(...depths.slice(85, 105))).toBeGreaterThanOrEqual(300)
  expect(Math.max(...depths.slice(-100))).toBeLessThanOrEqual(60)
  // All that was said after the standstill, but for the one frame that a look may cost.
  const said = [...Array(500).keys()].filter(at => at >= 200 && isSpeech(at)).map(loud)
  expect(heard.slice(-said.length + 1).length).toBe(said.length - 1)
  expect(heard.filter((_, at) => at >= heard.length - said.length)).toEqual(said)
})

it('takes packets of any length', () => {
  const buffer = createJitterBuffer(pcma)
  const bytes = Uint8Array.from({ length: 1600 }, (_, at) => at % 251)
  const heard: number[] = []
  const frame = new Uint8Array(160)
  for (let at = 0; at < 1600; at += 240)
    put(buffer, { ssrc: 1, sequence: at / 240, timestamp: at, payload: bytes.subarray(at, at + 240) })
  for (let at = 0; at < 11; at++) {
    takeFrame(buffer, frame)
    heard.push(...frame)
  }
  expect(heard.slice(160)).toEqual([...bytes])
})

it('fills a hole with what was heard before, fading into silence', () => {
  const buffer = createJitterBuffer(pcma)
  const frame = new Uint8Array(160)
  const loud = pcma.fromLinear[16000]!
  put(buffer, { ssrc: 1, sequence: 0, timestamp: 0, payload: new Uint8Array(160).fill(loud) })
  takeFrame(buffer, frame)
  const levels: number[] = []
  for (let at = 0; at < 7; at++) {
    takeFrame(buffer, frame)
    levels.push(pcma.toLinear[frame[0]!]!)
  }
  for (let at = 1; at < 5; at++) expect(levels[at]! / levels[at - 1]!).toBeCloseTo(0.5, 1)
  expect(levels.slice(5)).toEqual([8, 8])
})

it('follows a new source at once, and a sender that set its timestamps anew within 0.2 s', () => {
  const buffer = createJitterBuffer(pcma)
  listen(speech(50), buffer)
  const next = whole(listen(speech(50, 12345, 8), buffer))
  expect(next.length).toBeGreaterThanOrEqual(50)
  for (const jump of [100_000, -2000, -100_000]) {
    const again = createJitterBuffer(pcma)
    listen(speech(50, 1_000_000), again)
    const heard = whole(listen(speech(100, 1_000_000 + 50 * 160 + jump), again))
    expect(heard.slice(-85)).toEqual(Array.from({ length: 85 }, (_, at) => at + 16))
  }
})

it('loses a frame or two of a sender whose clock falls back, however far, while its packets are numbered on', () => {
  for (const fall of [-160, -800, -2400, -3600, -4000, -100_000]) {
    const before = speech(50, 1_000_000, 7, 0, 100)
    const after = speech(40, 1_000_000 + 50 * 160 + fall, 7, 1000, 150)
    const heard = whole(listen([...before, ...after]))
    expect(heard.length, `${fall}`).toBeGreaterThanOrEqual(88)
  }
})

it('is not misled by one packet whose time has slipped', () => {
  const buffer = createJitterBuffer(pcma)
  const sent = speech(60).map(({ atMs, packet }, at) =>
    at === 30
      ? { atMs, packet: { ...packet, timestamp: (packet.timestamp - 2400) >>> 0 } }
      : { atMs, packet },
  )
  expect(whole(listen(sent, buffer)).length).toBe(59)
})
