import { execFileSync, spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { decode, encode, silenceOf, tableBetween } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { pcmu } from '../../src/media/codecs/pcmu.ts'

/** From ITU-T G.711, tables 1a/1b and 2a/2b: byte, and the value at the middle of its interval on a 16-bit scale. */
const published = [
  { codec: pcma, byte: 0xd5, sample: 8 }, // smallest positive: 1 of 4096
  { codec: pcma, byte: 0x55, sample: -8 },
  { codec: pcma, byte: 0xaa, sample: 32256 }, // largest positive: 4032 of 4096
  { codec: pcma, byte: 0x2a, sample: -32256 },
  { codec: pcma, byte: 0x80, sample: 5504 },
  { codec: pcmu, byte: 0xff, sample: 0 },
  { codec: pcmu, byte: 0xfe, sample: 8 }, // 2 of 8159
  { codec: pcmu, byte: 0x80, sample: 32124 }, // largest positive: 8031 of 8159
  { codec: pcmu, byte: 0x00, sample: -32124 },
]

it.each(published)('$codec.name says $sample with byte $byte', ({ codec, byte, sample }) => {
  expect(codec.toLinear[byte]).toBe(sample)
  expect(codec.fromLinear[sample & 0xffff]).toBe(byte)
})

it.each([pcma, pcmu])('$name: each byte comes back from its sample', codec => {
  for (let byte = 0; byte < 256; byte++) {
    // µ-law has two zeros; the negative one is written as the positive.
    const expected = codec === pcmu && byte === 0x7f ? 0xff : byte
    expect(codec.fromLinear[codec.toLinear[byte]! & 0xffff]).toBe(expected)
  }
})

it.each([pcma, pcmu])('$name: silence is quiet, and fading halves', codec => {
  expect(Math.abs(codec.toLinear[silenceOf(codec)]!)).toBeLessThanOrEqual(8)
  const faded = tableBetween(codec, codec, 0.5)
  const loud = codec.fromLinear[20000]!
  expect(codec.toLinear[faded[loud]!]! / codec.toLinear[loud]!).toBeCloseTo(0.5, 1)
})

it('transcodes each byte to the nearest of the other codec', () => {
  const table = tableBetween(pcma, pcmu)
  for (let byte = 0; byte < 256; byte++) {
    const before = pcma.toLinear[byte]!
    const after = pcmu.toLinear[table[byte]!]!
    expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.max(16, Math.abs(before) / 16))
  }
})

const hasSox = spawnSync('sox', ['--version']).status === 0
it.skipIf(!hasSox && !process.env.CI)('agrees with sox on every byte', () => {
  for (const [codec, encoding] of [
    [pcma, 'a-law'],
    [pcmu, 'u-law'],
  ] as const) {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const raw = ['-t', 'raw', '-r', '8000', '-c', '1']
    const linear = execFileSync(
      'sox',
      [...raw, '-e', encoding, '-b', '8', '-', ...raw, '-e', 'signed', '-b', '16', '-'],
      { input: bytes },
    )
    const samples = new Int16Array(linear.buffer, linear.byteOffset, 256)
    expect([...decode(codec, bytes)]).toEqual([...samples])
    expect(encode(codec, samples).length).toBe(256)
  }
})
