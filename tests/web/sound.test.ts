import { expect, it } from 'vitest'
import { codecOf } from '../../src/media/codecs.ts'
import { decodeAlaw, encodeAlaw } from '../../src/web/sound/g711.ts'
import { createPlayout } from '../../src/web/sound/playout.ts'
import { createResampler } from '../../src/web/sound/resample.ts'

const sine = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rate))
const levelDb = (samples: Float32Array) => {
  const settled = samples.subarray(samples.length / 4, (samples.length * 3) / 4)
  return 10 * Math.log10(2 * (settled.reduce((sum, sample) => sum + sample * sample, 0) / settled.length))
}
/** In pieces, as a sound card has it. */
const inPieces = (sound: Float32Array, piece: number, run: (piece: Float32Array) => Float32Array) => {
  const out: number[] = []
  for (let at = 0; at < sound.length; at += piece) out.push(...run(sound.subarray(at, at + piece)))
  return Float32Array.from(out)
}

it('writes and reads A-law as the house does', () => {
  const { toLinear, fromLinear } = codecOf('PCMA')
  const every = Int16Array.from({ length: 65_536 }, (_, at) => at - 32_768)
  const bytes = encodeAlaw(Float32Array.from(every, sample => sample / 32_768))
  expect([...bytes]).toEqual([...every].map(sample => fromLinear[sample & 0xffff]))
  const codes = Uint8Array.from({ length: 256 }, (_, at) => at)
  expect([...decodeAlaw(codes)].map(sample => sample * 32_768)).toEqual([...toLinear])
})

it.each([44_100, 48_000])(
  'carries speech between %i Hz and 8 kHz, and nothing that would fold into it',
  rate => {
    for (const hz of [300, 1000, 3000]) {
      const down = createResampler(rate, 8000)
      const narrow = inPieces(sine(hz, rate, 1), 128, down.run)
      expect(Math.abs(narrow.length - 8000)).toBeLessThan(40)
      expect(Math.abs(levelDb(narrow))).toBeLessThan(0.5)
      const up = createResampler(8000, rate)
      const wide = inPieces(narrow, 16, up.run)
      expect(Math.abs(wide.length - rate)).toBeLessThan(500)
      expect(Math.abs(levelDb(wide))).toBeLessThan(0.5)
    }
    const above = createResampler(rate, 8000)
    expect(levelDb(inPieces(sine(5000, rate, 1), 128, above.run))).toBeLessThan(-50)
  },
)

const frameOf = (value: number) => new Float32Array(160).fill(value)

it('plays frames in order once some are in hand, and tells a mark when all before it was heard', () => {
  const playout = createPlayout()
  const out = new Float32Array(160)
  playout.push(frameOf(0.1))
  expect(playout.pull(out)).toEqual([])
  expect(out[0]).toBe(0)
  playout.push(frameOf(0.2))
  playout.mark('greeting')
  playout.push(frameOf(0.3))
  expect(playout.pull(out)).toEqual([])
  expect(out[0]).toBeCloseTo(0.1)
  expect(playout.pull(out)).toEqual(['greeting'])
  expect(out[159]).toBeCloseTo(0.2)
})

it('forgets what waits when a key stops a prompt, and its marks with it', () => {
  const playout = createPlayout()
  for (let frames = 0; frames < 5; frames++) playout.push(frameOf(0.5))
  playout.mark('prompt')
  playout.clear()
  const out = new Float32Array(160)
  expect(playout.pull(out)).toEqual(['prompt'])
  expect(playout.depth()).toBe(0)
})

it('waits longer after sound ran out, and no longer than 200 ms', () => {
  const playout = createPlayout()
  const out = new Float32Array(160)
  const first = playout.target()
  for (let stalls = 0; stalls < 30; stalls++) {
    while (playout.depth() < playout.target()) playout.push(frameOf(0.1))
    for (let frames = 0; frames < 12; frames++) playout.pull(out)
  }
  expect(playout.target()).toBeGreaterThan(first)
  expect(playout.target()).toBe(1600)
})

it('catches up after a connection stood still, without leaving words out', () => {
  const playout = createPlayout()
  const out = new Float32Array(160)
  for (let frames = 0; frames < 30; frames++) playout.push(frameOf(0.1))
  const before = playout.depth()
  for (let frames = 0; frames < 200; frames++) {
    playout.push(frameOf(0.1))
    playout.pull(out)
    expect(out[80]).toBeCloseTo(0.1)
  }
  expect(playout.depth()).toBeLessThan(before / 2)
})
