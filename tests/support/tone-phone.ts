import { linearOf, soundOf } from '../../src/media/index.ts'
import type { PhoneCall } from './sip-phone.ts'
import { tone } from './sounds.ts'

const heldSamples = 8 * 240
/** Of a 16-bit sample: below it a frame is silence. */
const quietest = 300

/** A telephone that says one tone all the time, and knows which tones it hears. */
export type TonePhone = {
  /** Those of these that were in what it heard in the last 240 ms, and nothing else was. */
  hears(tones: Readonly<Record<string, number>>): string
  /** The longest time for which it heard nothing, in ms, from its first sound on. */
  longestSilenceMs(): number
  readonly call: PhoneCall
}

export function tonePhone(call: PhoneCall, hz: number): TonePhone {
  void call.port.play([soundOf(tone(hz, 1000, 5000))], { loop: true })
  const held = new Int16Array(heldSamples)
  let at = 0
  let frames = 0
  let lastLoud: number | undefined
  let longest = 0
  call.port.tap(({ direction, codec, payload }) => {
    if (direction !== 'heard') return
    frames++
    const samples = linearOf(codec, payload)
    for (const sample of samples) held[at++ % heldSamples] = sample
    if (!samples.some(sample => Math.abs(sample) > quietest)) return
    if (lastLoud !== undefined) longest = Math.max(longest, frames - lastLoud - 1)
    lastLoud = frames
  })
  return {
    call,
    hears(tones) {
      // The ring begins anywhere: a tone's power does not, since its length is a whole number of its waves.
      const start = at % heldSamples
      const samples = Int16Array.from(held, (_, index) => held[(start + index) % heldSamples]!)
      return Object.entries(tones)
        .filter(([, one]) => powerOf(one, samples) > 2_000 ** 2)
        .map(([name]) => name)
        .join('')
    },
    longestSilenceMs: () => longest * 20,
  }
}

/** The square of a tone's amplitude. */
function powerOf(hz: number, samples: Int16Array): number {
  let [sine, cosine] = [0, 0]
  for (const [at, sample] of samples.entries()) {
    sine += sample * Math.sin((2 * Math.PI * hz * at) / 8000)
    cosine += sample * Math.cos((2 * Math.PI * hz * at) / 8000)
  }
  return (4 * (sine * sine + cosine * cosine)) / samples.length ** 2
}
