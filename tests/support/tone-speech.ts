/**
 * A language that machines speak over a telephone: each character is a tone of its own frequency. It is spoken at the
 * pace of people, and heard by the sum of products with each tone, so that sound at one end becomes text at the other
 * with nothing in between that knows the text.
 */
import { type Sound, sampleRate, soundOf } from '../../src/media/index.ts'

/** The characters it has; the first is said at 400 Hz, each next one 100 Hz higher, to 3.3 kHz. */
export const alphabet = [...'我家没有暖气不能三号楼漏水了请快来修谢您好是的在路北区']
export const frequencyOf = (character: string) => 400 + 100 * alphabet.indexOf(character)

/** Five characters a second and a little more: as fast as people speak. */
export const toneMs = 120
export const restMs = 60
/** What is taken for one tone or none: 30 ms, in which all those frequencies make whole waves or a third more. */
export const frameSamples = 240
/** Below this mean square (-40 dBov) there is silence. */
export const quietPower = 330 ** 2

const amplitude = 8000

/** @param text what stands not in the alphabet is a rest. */
export function spell(text: string): Int16Array {
  const tone = (sampleRate * toneMs) / 1000
  const step = tone + (sampleRate * restMs) / 1000
  const samples = new Int16Array([...text].length * step)
  for (const [place, character] of [...text].entries()) {
    if (!alphabet.includes(character)) continue
    for (let at = 0; at < tone; at++)
      samples[place * step + at] =
        amplitude * Math.sin((2 * Math.PI * frequencyOf(character) * at) / sampleRate)
  }
  return samples
}

export const spokenTones = (text: string): Sound => soundOf(spell(text))

export const durationOf = (text: string) => [...text].length * (toneMs + restMs)

/** The tone of a frame; undefined for silence, and for what is not mostly one tone. */
export function heardIn(frame: Int16Array): string | undefined {
  const energy = frame.reduce((sum, sample) => sum + sample * sample, 0)
  if (energy < quietPower * frame.length) return undefined
  return alphabet.find(character => energyAt(frame, frequencyOf(character)) > energy / 2)
}

function energyAt(frame: Int16Array, frequency: number): number {
  const turn = (2 * Math.PI * frequency) / sampleRate
  let cosine = 0
  let sine = 0
  for (const [at, sample] of frame.entries()) {
    cosine += sample * Math.cos(turn * at)
    sine += sample * Math.sin(turn * at)
  }
  return (2 * (cosine * cosine + sine * sine)) / frame.length
}
