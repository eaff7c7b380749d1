import type { Codec } from '../codec.ts'
import { frameAt, type KeyHearing } from './hearing.ts'

const frameSamples = 160
const loudest = 32767
/** Filled anew for every frame: one thread mixes one at a time, and nothing is allocated for a packet. */
const sums = new Int32Array(frameSamples)

/**
 * Writes what several hear, together, into 20 ms of a listener's codec. The listener is none of them, so nobody hears
 * themselves; what is too loud together is cut off at the loudest sample, as one voice would be.
 */
export function mix(frame: Uint8Array, sources: readonly KeyHearing[], codec: Codec, tick: number): void {
  sums.fill(0)
  for (const source of sources) add(frameAt(source, tick), source.codec, 0)
  write(frame, codec)
}

/** The same beneath what the frame says already: voices are half as loud, 6 dB, and both are understood. */
export function mixBeneath(
  frame: Uint8Array,
  sources: readonly KeyHearing[],
  codec: Codec,
  tick: number,
): void {
  sums.fill(0)
  add(frame, codec, 0)
  for (const source of sources) add(frameAt(source, tick), source.codec, 1)
  write(frame, codec)
}

function add(heard: Uint8Array, { toLinear }: Codec, halvings: number): void {
  for (let at = 0; at < frameSamples; at++) sums[at] = sums[at]! + (toLinear[heard[at]!]! >> halvings)
}

function write(frame: Uint8Array, { fromLinear }: Codec): void {
  for (let at = 0; at < frameSamples; at++) {
    const sum = sums[at]!
    frame[at] = fromLinear[(sum > loudest ? loudest : sum < -loudest - 1 ? -loudest - 1 : sum) & 0xffff]!
  }
}
