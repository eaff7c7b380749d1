/** Rotation or mirroring of a picture (Exif 2.32, tag 0x0112): 1 for none, up to 8. */
export type Orientation = number

const orientationTag = 0x0112

/**
 * Reads a picture's orientation from its Exif data (a TIFF file with one directory).
 *
 *     0  "II" or "MM", the byte order; 42; offset of the first directory
 *     n  number of entries; each has 12 bytes: tag, type, count, value
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

/** Exif data that hold only the orientation. */
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

/** Reduces Exif data to the orientation; undefined for an upright picture. */
export function turnOnly(tiff: Uint8Array): Uint8Array | undefined {
  const orientation = orientationIn(tiff)
  return orientation === undefined || orientation === 1 ? undefined : exifOf(orientation)
}
