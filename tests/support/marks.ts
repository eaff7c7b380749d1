/** Sounds that are told apart by ear, so that what one party plays is found in what another received. */
import { type Frame, type Sound, sampleRate, soundOf } from '../../src/media/index.ts'

export type Mark = 'low' | 'middle' | 'high'

/** Far from each other and from the tones of keys (ITU-T Q.23: 697 to 1633 Hz). */
const hertz: Record<Mark, number> = { low: 440, middle: 1800, high: 2600 }

export function soundOfMark(mark: Mark, durationMs: number): Sound {
  const samples = Int16Array.from({ length: (durationMs * sampleRate) / 1000 }, (_, index) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hertz[mark] * index) / sampleRate)),
  )
  return soundOf(samples, mark)
}

/** Whether a frame sounds of this mark: most of its power is at that frequency (Goertzel). */
export function soundsOf(mark: Mark, { payload, codec }: Frame): boolean {
  const samples = Array.from(payload, codec === 'PCMA' ? decodeA : decodeU)
  const step = 2 * Math.cos((2 * Math.PI * hertz[mark]) / sampleRate)
  let one = 0
  let two = 0
  for (const sample of samples) [one, two] = [sample + step * one - two, one]
  const found = (one * one + two * two - step * one * two) / (samples.length / 2)
  const all = samples.reduce((sum, sample) => sum + sample * sample, 0)
  return all > samples.length * 10_000 && found > all * 0.8
}

/** ITU-T G.711, A-law to linear. */
function decodeA(code: number): number {
  const value = code ^ 0x55
  const mantissa = (value & 0x0f) << 4
  const segment = (value & 0x70) >> 4
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1)
  return value & 0x80 ? magnitude : -magnitude
}

/** ITU-T G.711, µ-law to linear. */
function decodeU(code: number): number {
  const value = ~code & 0xff
  const magnitude = (((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4)
  return value & 0x80 ? 0x84 - magnitude : magnitude - 0x84
}
