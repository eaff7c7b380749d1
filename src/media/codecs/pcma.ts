import type { Codec } from '../codec.ts'

/** G.711 A-law (ITU-T G.711, table 1): 13-bit samples in eight segments of sixteen steps, even bits inverted. */
export const pcma: Codec = {
  name: 'PCMA',
  payloadType: 8,
  toLinear: Int16Array.from({ length: 256 }, (_, byte) => expand(byte)),
  fromLinear: Uint8Array.from({ length: 65536 }, (_, bits) => compress((bits << 16) >> 16)),
}

function compress(sample: number): number {
  let step = (sample < 0 ? ~sample : sample) >> 4
  let segment = 0
  if (step > 15) {
    for (segment = 1; step > 31; segment++) step >>= 1
    step -= 16
  }
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55
}

function expand(byte: number): number {
  const plain = byte ^ 0x55
  const segment = (plain & 0x70) >> 4
  const middle = ((plain & 0x0f) << 4) + 8
  const magnitude = segment === 0 ? middle : (middle + 256) << (segment - 1)
  return plain & 0x80 ? magnitude : -magnitude
}
