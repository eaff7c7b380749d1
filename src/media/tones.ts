import type { Codec } from './codec.ts'
import type { Key } from './port.ts'
import { sampleRate } from './sound.ts'

/** ITU-T Q.23: a key is one tone of the low group (its row) and one of the high group (its column). */
export const rowHz = [697, 770, 852, 941] as const
export const columnHz = [1209, 1336, 1477, 1633] as const
const pad = '123A456B789C*0#D'

/**
 * ITU-T Q.24 asks for 40 ms of tone to be heard and 40 ms of pause to part two keys. A block of 102 samples (12.75 ms)
 * lies in 40 ms twice as a whole wherever it begins, so two blocks that agree make a key, and two without it end it.
 */
const blockSamples = 102
const blocksToBelieve = 2
const blocksToEnd = 2

/** The weaker of the two tones, at least: -33 dBm0 (Q.24 asks for -25 and leaves room for a weak line). */
const leastPower = tonePower(-33)
/** The row may be louder by 8 dB, the column by 4 dB, and a margin of 2 dB for the leak between neighbours. */
const mostRowOverColumn = 10 ** ((8 + 2) / 10)
const mostColumnOverRow = 10 ** ((4 + 2) / 10)
/** Each tone stands above every other of its group. */
const leastOverNeighbours = 10 ** (8 / 10)
/** Speech has its power elsewhere, too; a key has nearly all of it in its two tones. */
const leastShare = 0.75

export type ToneHearing = {
  readonly codec: Codec
  readonly last: Float64Array
  readonly lastButOne: Float64Array
  readonly powers: Float64Array
  energy: number
  filled: number
  candidate: Key | undefined
  blocksAgreeing: number
  pressed: Key | undefined
  blocksWithout: number
}

/** For keys as tones in sound of that codec, by Goertzel's algorithm: a multiplication a sample for each of eight tones. */
export function createToneHearing(codec: Codec): ToneHearing {
  return {
    codec,
    last: new Float64Array(8),
    lastButOne: new Float64Array(8),
    powers: new Float64Array(8),
    energy: 0,
    filled: 0,
    candidate: undefined,
    blocksAgreeing: 0,
    pressed: undefined,
    blocksWithout: 0,
  }
}

/** The key that became sure within this frame; frames follow each other without a gap. */
export function keyInFrame(hearing: ToneHearing, frame: Uint8Array): Key | undefined {
  const { last, lastButOne } = hearing
  const { toLinear } = hearing.codec
  let heard: Key | undefined
  for (let at = 0; at < frame.length; at++) {
    const sample = toLinear[frame[at]!]!
    hearing.energy += sample * sample
    for (let tone = 0; tone < 8; tone++) {
      const next = sample + coefficients[tone]! * last[tone]! - lastButOne[tone]!
      lastButOne[tone] = last[tone]!
      last[tone] = next
    }
    if (++hearing.filled === blockSamples) heard = endBlock(hearing) ?? heard
  }
  return heard
}

const coefficients = Float64Array.from(
  [...rowHz, ...columnHz],
  hz => 2 * Math.cos((2 * Math.PI * hz) / sampleRate),
)

function endBlock(hearing: ToneHearing): Key | undefined {
  const { last, lastButOne, powers } = hearing
  for (let tone = 0; tone < 8; tone++) {
    const a = last[tone]!
    const b = lastButOne[tone]!
    // Scaled so that a sine of amplitude A alone gives A²/2, its power.
    powers[tone] = (2 * (a * a + b * b - coefficients[tone]! * a * b)) / (blockSamples * blockSamples)
  }
  const found = keyOfPowers(powers, hearing.energy / blockSamples)
  last.fill(0)
  lastButOne.fill(0)
  hearing.energy = 0
  hearing.filled = 0
  hearing.blocksAgreeing = found === hearing.candidate ? hearing.blocksAgreeing + 1 : 1
  hearing.candidate = found
  hearing.blocksWithout = found === hearing.pressed ? 0 : hearing.blocksWithout + 1
  if (hearing.blocksWithout >= blocksToEnd) hearing.pressed = undefined
  if (found === undefined || found === hearing.pressed || hearing.blocksAgreeing < blocksToBelieve)
    return undefined
  hearing.pressed = found
  hearing.blocksWithout = 0
  return found
}

/** @param powers of the eight tones, @param total power of all there is. */
function keyOfPowers(powers: Float64Array, total: number): Key | undefined {
  let row = 0
  let column = 4
  for (let tone = 1; tone < 4; tone++) {
    if (powers[tone]! > powers[row]!) row = tone
    if (powers[tone + 4]! > powers[column]!) column = tone + 4
  }
  const low = powers[row]!
  const high = powers[column]!
  if (Math.min(low, high) < leastPower || low + high < leastShare * total) return undefined
  if (low > high * mostRowOverColumn || high > low * mostColumnOverRow) return undefined
  for (let tone = 0; tone < 8; tone++) {
    if (tone !== row && tone < 4 && powers[tone]! * leastOverNeighbours > low) return undefined
    if (tone !== column && tone >= 4 && powers[tone]! * leastOverNeighbours > high) return undefined
  }
  return pad[row * 4 + column - 4] as Key
}

const keyMs = 100
const pauseMs = 60
/** Each tone at -9 dBm0: the pair stays below clipping and above what any receiver asks for. */
const amplitude = Math.sqrt(2 * tonePower(-9))

/** A key as sound: 100 ms of its two tones, and 60 ms of silence so that the next is another key. */
export function toneOf(key: Key): Int16Array {
  const place = pad.indexOf(key)
  const row = rowHz[Math.floor(place / 4)]!
  const column = columnHz[place % 4]!
  const samples = new Int16Array(((keyMs + pauseMs) * sampleRate) / 1000)
  for (let at = 0; at < (keyMs * sampleRate) / 1000; at++) {
    const time = (2 * Math.PI * at) / sampleRate
    samples[at] = amplitude * (Math.sin(row * time) + Math.sin(column * time))
  }
  return samples
}

/** Power in squared sample steps of a level; 0 dBm0 is 3.14 dB below a full-scale sine (ITU-T G.711, table 5). */
function tonePower(dbm0: number): number {
  return (32768 ** 2 / 2) * 10 ** ((dbm0 - 3.14) / 10)
}
