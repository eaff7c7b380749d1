import type { Codec } from '../codec.ts'

const bias = 33
const largest = 0x1fff

/** G.711 µ-law (ITU-T G.711, table 2): 14-bit samples with a bias of 33, all bits inverted. */
export const pcmu: Codec = {
  name: 'PCMU',
  payloadType: 0,
  toLinear: Int16Array.from({ length: 256 }, (_, byte) => expand(byte)),
  fromLinear: Uint8Array.from({ length: 65536 }, (_, bits) => compress((bits << 16) >> 16)),
}

function compress(sample: number): number {
  const magnitude = Math.min(largest, ((sample < 0 ? ~sample : sample) >> 2) + bias)
  const segment = 26 - Math.clz32(magnitude)
  const step = (magnitude >> (segment + 1)) & 0x0f
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff
}

function expand(byte: number): number {
  const plain = ~byte
  const segment = (plain >> 4) & 7
  const magnitude = ((((plain & 0x0f) << 1) + bias) << (segment + 2)) - 4 * bias
  return plain & 0x80 ? -magnitude : magnitude
}
