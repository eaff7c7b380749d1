import type { Codec } from './codec.ts'
import type { Key } from './port.ts'
import type { RtpFields } from './rtp.ts'
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
/** A hole in the sound up to so long may have had the same tone in it. */
const longestHoleSamples = 800
/** A packet whose number is further back is of a sender that counts anew. */
const mostLate = 500

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
  /** The block that is being filled. */
  readonly samples: Float64Array
  readonly powers: Float64Array
  filled: number
  candidate: Key | undefined
  blocksAgreeing: number
  pressed: Key | undefined
  blocksWithout: number
  /** Of the last packet heard; undefined before the first. */
  sequence: number | undefined
  /** Timestamp after its last sample. */
  until: number
}

/** For keys as tones in sound of that codec. */
export function createToneHearing(codec: Codec): ToneHearing {
  return {
    codec,
    samples: new Float64Array(blockSamples),
    powers: new Float64Array(8),
    filled: 0,
    candidate: undefined,
    blocksAgreeing: 0,
    pressed: undefined,
    blocksWithout: 0,
    sequence: undefined,
    until: 0,
  }
}

/**
 * The key that became sure with this packet. Packets are heard as they come: one that is late, or comes twice, is left
 * out, and what was sent around it joins; so no jitter buffer is needed for a call that nobody else listens to.
 */
export function keyInPacket(
  hearing: ToneHearing,
  { sequence, timestamp, payloadStart, payloadEnd }: RtpFields,
  packet: Uint8Array,
): Key | undefined {
  const order = ((sequence - (hearing.sequence ?? sequence - 1)) << 16) >> 16
  if (order <= 0 && order > -mostLate) return undefined
  if (((timestamp - hearing.until) | 0) > longestHoleSamples) forget(hearing)
  hearing.sequence = sequence
  hearing.until = (timestamp + payloadEnd - payloadStart) >>> 0
  return keyInSound(hearing, packet, payloadStart, payloadEnd)
}

function forget(hearing: ToneHearing): void {
  hearing.filled = 0
  hearing.candidate = undefined
  hearing.blocksAgreeing = 0
  hearing.pressed = undefined
}

/** The key that became sure within this stretch of sound, which follows the one before without a gap. */
export function keyInSound(
  hearing: ToneHearing,
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
): Key | undefined {
  const { samples } = hearing
  const { toLinear } = hearing.codec
  let heard: Key | undefined
  for (let at = start; at < end; at++) {
    samples[hearing.filled++] = toLinear[bytes[at]!]!
    if (hearing.filled === blockSamples) heard = endBlock(hearing) ?? heard
  }
  return heard
}

const coefficients = Float64Array.from(
  [...rowHz, ...columnHz],
  hz => 2 * Math.cos((2 * Math.PI * hz) / sampleRate),
)

function endBlock(hearing: ToneHearing): Key | undefined {
  hearing.filled = 0
  const found = keyInBlock(hearing)
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

/**
 * Every call is listened to until its phone names a key, so most blocks are to cost little: silence is known by its
 * power, and most of speech by its rows.
 */
function keyInBlock({ samples, powers }: ToneHearing): Key | undefined {
  let energy = 0
  for (let at = 0; at < blockSamples; at++) energy += samples[at]! * samples[at]!
  const total = energy / blockSamples
  if (total < leastPower) return undefined
  let loudestRow = 0
  for (let tone = 0; tone < 4; tone++) {
    powers[tone] = powerOf(samples, coefficients[tone]!)
    loudestRow = Math.max(loudestRow, powers[tone]!)
  }
  if (loudestRow < leastPower || loudestRow * (1 + mostColumnOverRow) < leastShare * total) return undefined
  for (let tone = 4; tone < 8; tone++) powers[tone] = powerOf(samples, coefficients[tone]!)
  return keyOfPowers(powers, total)
}

/** Of a tone, by Goertzel's algorithm: a multiplication a sample. A sine of amplitude A alone gives A²/2, its power. */
function powerOf(samples: Float64Array, coefficient: number): number {
  let last = 0
  let lastButOne = 0
  for (let at = 0; at < blockSamples; at++) {
    const next = samples[at]! + coefficient * last - lastButOne
    lastButOne = last
    last = next
  }
  const power = last * last + lastButOne * lastButOne - coefficient * last * lastButOne
  return (2 * power) / (blockSamples * blockSamples)
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
