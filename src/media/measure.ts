import { codecOf } from './codecs.ts'
import type { Frame } from './port.ts'
import { sampleRate } from './sound.ts'

/** What 20 ms of sound are like, for whoever has to judge them without hearing. */
export type Measure = {
  /** RMS in dB below full scale, at least -96: silence. */
  readonly levelDbov: number
  /** Of one tone alone, such as a beep: its frequency. A key's two tones are none. */
  readonly toneHz?: number
}

const silenceDbov = -96
/** Lower ones are hum and voices' own tones; a beep through a telephone has none higher. */
const toneRange = [350, 2400] as const
/** Below this a tone is not looked for: what is left of one is noise. */
const leastToneDbov = -45
/** How much of a frame's power one tone must hold: 4 parts of 5 leaves room for a line 10 dB above its noise. */
const leastShare = 0.8
/** The first guess of a frequency is a little off in noise; the best of these is taken. */
const guesses = [1, 0.98, 0.96, 0.94, 1.02, 1.04, 1.06]

/** Pure, and without memory: each frame by itself. */
export function measure({ codec, payload }: Pick<Frame, 'codec' | 'payload'>): Measure {
  const { toLinear } = codecOf(codec)
  const samples = Float64Array.from(payload, byte => toLinear[byte]!)
  let power = 0
  for (const sample of samples) power += sample * sample
  const level = 10 * Math.log10(power / Math.max(1, samples.length) / 32768 ** 2)
  const levelDbov = Math.max(silenceDbov, level)
  if (levelDbov < leastToneDbov) return { levelDbov }
  const toneHz = toneIn(samples, power)
  return toneHz === undefined ? { levelDbov } : { levelDbov, toneHz }
}

/**
 * A sine's autocorrelation at lags 1 and 2 goes as cos(w) and cos(2w), which noise leaves alone (it sits in lag 0): w
 * follows from the two. That it is a sine is then shown by how much of the power Goertzel's algorithm finds at w.
 */
function toneIn(samples: Float64Array, power: number): number | undefined {
  let one = 0
  let two = 0
  for (let at = 2; at < samples.length; at++) {
    one += samples[at]! * samples[at - 1]!
    two += samples[at]! * samples[at - 2]!
  }
  // cos(2w) = 2 cos²(w) - 1, so 2c² - (two / one) c - 1 = 0.
  const ratio = two / one
  const cosine = (ratio + Math.sign(one) * Math.sqrt(ratio * ratio + 8)) / 4
  if (!(Math.abs(cosine) < 1)) return undefined
  const guess = (Math.acos(cosine) * sampleRate) / (2 * Math.PI)
  if (guess < toneRange[0] || guess > toneRange[1]) return undefined
  let best = { hz: 0, share: 0 }
  for (const factor of guesses) {
    const share = (2 * powerAt(guess * factor, samples)) / (samples.length * power)
    if (share > best.share) best = { hz: guess * factor, share }
  }
  return best.share >= leastShare ? best.hz : undefined
}

function powerAt(hz: number, samples: Float64Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate)
  let last = 0
  let lastButOne = 0
  for (const sample of samples) {
    const next = sample + coefficient * last - lastButOne
    lastButOne = last
    last = next
  }
  return last * last + lastButOne * lastButOne - coefficient * last * lastButOne
}
