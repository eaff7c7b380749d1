import { turnOnly } from './exif.ts'
import type { Reader } from './reader.ts'

const kept: readonly string[] = ['VP8X', 'ICCP', 'ANIM', 'ANMF', 'ALPH', 'VP8 ', 'VP8L']
/** Flags in VP8X: Exif and XMP present. */
const hasExif = 0x08
const hasXmp = 0x04

/**
 * WebP (RFC 9649): "RIFF", the length of the rest, "WEBP", then chunks of type, length and data, padded to an even
 * length. Because the length comes first, the file is buffered. XMP and unknown chunks are dropped together with
 * their flags in VP8X; Exif is reduced to the orientation.
 */
export async function* webp(reader: Reader): AsyncIterable<Uint8Array> {
  const head = Buffer.from(await reader.take(12))
  const end = 8 + head.readUInt32LE(4)
  const pieces: Buffer[] = []
  let extended: Buffer | undefined
  let isTurned = false
  while (reader.at() + 8 <= end) {
    const start = Buffer.from(await reader.take(8))
    const type = start.toString('latin1', 0, 4)
    const length = start.readUInt32LE(4)
    if (reader.at() + length > end) throw reader.broken('a part that is longer than the file')
    const data = Buffer.from(await reader.take(length))
    // Some writers leave out the last padding byte.
    if (length % 2 === 1 && (await reader.peek(1)).length > 0) await reader.take(1)
    // Some writers put JPEG's Exif prefix before it.
    const tiff = data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data
    const turn = type === 'EXIF' && !isTurned ? turnOnly(tiff) : undefined
    if (turn) {
      isTurned = true
      pieces.push(chunk('EXIF', turn))
    } else if (kept.includes(type)) {
      pieces.push(chunk(type, data))
      if (type === 'VP8X' && length > 0) extended ??= pieces.at(-1)
    }
  }
  // The flags are the first byte of the chunk's data.
  if (extended) extended[8] = (extended[8]! & ~(hasExif | hasXmp)) | (isTurned ? hasExif : 0)
  head.writeUInt32LE(4 + pieces.reduce((sum, { length }) => sum + length, 0), 4)
  yield head
  yield* pieces
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(8 + data.length + (data.length % 2))
  bytes.write(type, 'latin1')
  bytes.writeUInt32LE(data.length, 4)
  bytes.set(data, 8)
  return bytes
}
