import type { CodecName } from './port.ts'

/** A way to write one sample in one byte: all that the rest of the room asks of it are its two tables. */
export type Codec = {
  readonly name: CodecName
  /** Static RTP payload type (RFC 3551, table 4). */
  readonly payloadType: number
  /** Linear 16-bit sample of each of the 256 bytes. */
  readonly toLinear: Int16Array
  /** Byte of each 16-bit sample, indexed by the sample's two's complement (`sample & 0xffff`). */
  readonly fromLinear: Uint8Array
}

/** @param bytes receives one byte a sample; as long as `samples`. */
export function encode(
  codec: Codec,
  samples: Int16Array,
  bytes: Uint8Array = new Uint8Array(samples.length),
): Uint8Array {
  for (let at = 0; at < samples.length; at++) bytes[at] = codec.fromLinear[samples[at]! & 0xffff]!
  return bytes
}

/** @param samples receives one sample a byte; as long as `bytes`. */
export function decode(codec: Codec, bytes: Uint8Array, samples = new Int16Array(bytes.length)): Int16Array {
  for (let at = 0; at < bytes.length; at++) samples[at] = codec.toLinear[bytes[at]!]!
  return samples
}

/** The byte that says zero. */
export function silenceOf(codec: Codec): number {
  return codec.fromLinear[0]!
}

/** For each byte of `from` the byte of `to`, times `gain`: transcoding and fading are one look-up a sample. */
export function tableBetween(from: Codec, to: Codec, gain = 1): Uint8Array {
  return Uint8Array.from(from.toLinear, sample => to.fromLinear[Math.trunc(sample * gain) & 0xffff]!)
}
