/** G.711 A-law (ITU-T G.711, table 1) for the sound thread of a page: floats from -1 to 1, a byte each. */

const segmentEnds = [0x1f, 0x3f, 0x7f, 0xff, 0x1ff, 0x3ff, 0x7ff, 0xfff]

const linear = Float32Array.from({ length: 256 }, (_, byte) => {
  const plain = byte ^ 0x55
  const segment = (plain & 0x70) >> 4
  const middle = ((plain & 0x0f) << 4) + 8
  const magnitude = segment === 0 ? middle : (middle + 256) << (segment - 1)
  return (plain & 0x80 ? magnitude : -magnitude) / 32768
})

export const alawSilence = 0xd5

export function decodeAlaw(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, byte => linear[byte]!)
}

export function encodeAlaw(samples: Float32Array): Uint8Array {
  return Uint8Array.from(samples, encode)
}

function encode(sample: number): number {
  const pcm = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)))
  const magnitude = (pcm < 0 ? ~pcm : pcm) >> 3
  const segment = segmentEnds.findIndex(end => magnitude <= end)
  const step = (magnitude >> Math.max(1, segment)) & 0x0f
  return ((pcm < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55
}
