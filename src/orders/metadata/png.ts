import { crc32 } from 'node:zlib'
import { turnOnly } from './exif.ts'
import type { Reader } from './reader.ts'

/** Chunks for the picture, its colours, its physical size, and the frames of an animation. */
const kept: readonly string[] = [
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI'],
  ...['sBIT', 'bKGD', 'hIST', 'sPLT', 'pHYs', 'acTL', 'fcTL', 'fdAT'],
]

/** Longer data are not real Exif. */
const longestExif = 1024 * 1024

/**
 * PNG (W3C, third edition, section 5): a signature, then chunks of length, type, data and checksum. Texts (tEXt,
 * zTXt, iTXt with XMP), times and unknown chunks are dropped; eXIf is reduced to the orientation.
 */
export async function* png(reader: Reader): AsyncIterable<Uint8Array> {
  yield await reader.take(8)
  for (;;) {
    const head = Buffer.from(await reader.take(8))
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4)
    if (type === 'eXIf' && length <= longestExif) {
      const turn = turnOnly(await reader.take(length))
      await reader.take(4)
      if (turn) yield chunk(type, turn)
    } else if (kept.includes(type)) {
      yield head
      yield* reader.pass(length + 4)
      if (type === 'IEND') return
    } else for await (const _ of reader.pass(length + 4));
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
  bytes.writeUInt32BE(data.length, 0)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4)
  return bytes
}
