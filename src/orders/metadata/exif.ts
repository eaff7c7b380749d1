/** How a picture is turned before it is shown (Exif 2.32, tag 0x0112): 1 as it lies, up to 8. */
export type Orientation = number

const orientationTag = 0x0112

/**
 * How a picture is to be turned, out of its Exif data (a TIFF file of one folder).
 *
 *     0  "II" or "MM", the order of bytes; 42; where the first folder begins
 *     n  how many entries; each 12 bytes: tag, type, count, value
 */
export function orientationIn(tiff: Uint8Array): Orientation | undefined {
  const bytes = Buffer.from(tiff.buffer, tiff.byteOffset, tiff.length)
  const order = bytes.toString('latin1', 0, 2)
  if (bytes.length < 14 || (order !== 'II' && order !== 'MM')) return undefined
  const short = (at: number) => (order === 'II' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const folder = order === 'II' ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4)
  if (folder + 2 > bytes.length) return undefined
  for (let left = short(folder), at = folder + 2; left > 0 && at + 12 <= bytes.length; left--, at += 12) {
    if (short(at) !== orientationTag) continue
    const value = short(at + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** Exif data that say how the picture is turned, and nothing else. */
export function exifOf(orientation: Orientation): Uint8Array {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(orientationTag, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  return tiff
}

/** What is left of Exif data: how the picture is turned where it is turned at all, and nothing otherwise. */
export function turnOnly(tiff: Uint8Array): Uint8Array | undefined {
  const orientation = orientationIn(tiff)
  return orientation === undefined || orientation === 1 ? undefined : exifOf(orientation)
}
