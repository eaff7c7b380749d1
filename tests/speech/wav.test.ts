import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromPcm16, parsePcm16, parseWav, toPcm16, writeWav } from '../../src/speech/wav.ts'

const ascii = (text: string) => [...Buffer.from(text, 'latin1')]
const u16 = (value: number) => [value & 0xff, value >> 8]
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)]

type Shape = { tag?: number; channels?: number; rate?: number; bits?: number; data: readonly number[] }

/** A WAV file put together by hand; byte rate and block size are left 0, as we do not trust them. */
function wav({ tag = 1, channels = 1, rate = 8000, bits = 16, data }: Shape): Uint8Array {
  return Uint8Array.from([
    ...ascii('RIFF'),
    ...u32(36 + data.length),
    ...ascii('WAVE'),
    ...ascii('LIST'), // a chunk that we do not know, of odd length, padded
    ...u32(3),
    ...[1, 2, 3, 0],
    ...ascii('fmt '),
    ...u32(16),
    ...u16(tag),
    ...u16(channels),
    ...u32(rate),
    ...u32(0),
    ...u16(0),
    ...u16(bits),
    ...ascii('data'),
    ...u32(data.length),
    ...data,
  ])
}

describe('a WAV file', () => {
  it('is written with the header that everyone reads', () => {
    expect([...writeWav(Int16Array.of(1, -2), 8000)]).toEqual([
      ...ascii('RIFF'),
      ...u32(40), // what follows
      ...ascii('WAVE'),
      ...ascii('fmt '),
      ...u32(16), // its length
      ...u16(1), // PCM
      ...u16(1), // mono
      ...u32(8000), // frames a second
      ...u32(16_000), // bytes a second
      ...u16(2), // bytes a frame
      ...u16(16), // bits a sample
      ...ascii('data'),
      ...u32(4),
      ...[0x01, 0x00, 0xfe, 0xff],
    ])
  })

  it('gives back the very samples that were written', () => {
    fc.assert(
      fc.property(
        fc.int16Array({ minLength: 1 }),
        fc.integer({ min: 4000, max: 192_000 }),
        (samples, rate) => {
          const read = parseWav(writeWav(samples, rate), 'a.wav')
          expect(read.samplesPerSecond).toBe(rate)
          expect(toPcm16(read.samples)).toEqual(samples)
          expect(parsePcm16(writeWav(samples, rate), 'a.wav')).toEqual(samples)
          expect(toPcm16(fromPcm16(samples))).toEqual(samples)
        },
      ),
    )
  })

  it.each([
    ['8 bit', { bits: 8, data: [128, 192, 0] }, [0, 0.5, -1]],
    ['16 bit', { bits: 16, data: [0x00, 0x40, 0x00, 0x80] }, [0.5, -1]],
    ['24 bit', { bits: 24, data: [0x00, 0x00, 0x40, 0x00, 0x00, 0x80] }, [0.5, -1]],
    ['32 bit', { bits: 32, data: [0, 0, 0, 0x40, 0, 0, 0, 0x80] }, [0.5, -1]],
    ['32 bit float', { tag: 3, bits: 32, data: [0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf] }, [0.5, -1]],
    ['stereo, mixed', { channels: 2, data: [0x00, 0x40, 0x00, 0x00] }, [0.25]],
  ])('of %s is read', (_, shape, samples) => {
    expect([...parseWav(wav(shape), 'a.wav').samples]).toEqual(samples)
    expect(parsePcm16(wav(shape), 'a.wav')).toEqual(toPcm16(Float32Array.from(samples)))
  })

  it.each([
    ['no bytes', new Uint8Array(0), /a\.wav: found 0 bytes that do not begin as RIFF WAVE/],
    ['an MP3', Uint8Array.from([...ascii('ID3'), ...Array(50).fill(0)]), /found 53 bytes that do not begin/],
    ['A-law', wav({ tag: 6, bits: 8, data: [0xd5] }), /found format 6 with 8 bits a sample, expected PCM/],
    ['no samples', wav({ data: [] }), /found no samples/],
    ['no channels', wav({ channels: 0, data: [0, 0] }), /found no channels/],
    ['a rate of 1', wav({ rate: 1, data: [0, 0] }), /found 1 samples a second, expected 4000 to 192000/],
    ['half its samples', wav({ data: [0, 0, 0, 0] }).subarray(0, -2), /found 2 bytes of samples, expected 4/],
    ['no data chunk', wav({ data: [] }).subarray(0, -8), /found no data chunk/],
    ['no fmt chunk', Uint8Array.from([...ascii('RIFF'), ...u32(4), ...ascii('WAVE')]), /found no fmt chunk/],
  ])('with %s is refused by name', (_, bytes, message) => {
    expect(() => parseWav(bytes, 'a.wav')).toThrow(message)
  })

  it('never breaks the reader otherwise, whatever bytes it holds', () => {
    const whole = writeWav(
      Int16Array.from({ length: 50 }, (_, at) => at),
      8000,
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255))),
        fc.nat(whole.length),
        (edits, length) => {
          const bytes = whole.slice(0, length)
          for (const [at, value] of edits) if (at < length) bytes[at] = value
          try {
            expect(parseWav(bytes, 'a.wav').samples.length).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toMatchObject({ code: 'wav-unreadable', place: 'a.wav' })
          }
        },
      ),
    )
  })
})
