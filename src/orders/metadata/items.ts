import { boxesIn } from './boxes.ts'

/** A range of bytes in a file; `end` is exclusive. */
export type Range = { readonly start: number; readonly end: number }

/** Types of items that hold personal metadata: Exif, and XMP as text. */
const tellingTypes: readonly string[] = ['Exif', 'mime', 'uri ']

/**
 * The ranges of Exif and XMP in a HEIF picture (ISO 14496-12, section 8.11): `iinf` lists the items' types, `iloc`
 * their positions. Undefined if this box describes no picture.
 * @param at position of the box's body in the file
 * @throws RangeError if it is truncated
 */
export function tellingRanges(meta: Buffer, at: number): readonly Range[] | undefined {
  // A full box: its first four bytes are version and flags.
  const boxes = [...boxesIn(meta.subarray(4))]
  const named = (type: string) => boxes.find(box => box.type === type)
  if (named('hdlr')?.body.toString('latin1', 8, 12) !== 'pict') return undefined
  const [items, places, data] = [named('iinf'), named('iloc'), named('idat')]
  if (!items || !places) return []
  const dataAt = data ? at + (data.body.byteOffset - meta.byteOffset) : undefined
  return placesOf(places.body, tellingItems(items.body), dataAt)
}

/** Ids of items with those types, from `infe` boxes of version 2 (16-bit ids) and 3 (32-bit). */
function tellingItems(body: Buffer): ReadonlySet<number> {
  const found = new Set<number>()
  for (const { type, body: entry } of boxesIn(body.subarray(body[0] === 0 ? 6 : 8))) {
    const isLong = entry[0] === 3
    if (type !== 'infe' || entry.length < (isLong ? 14 : 12) || (entry[0] ?? 0) < 2) continue
    const id = isLong ? entry.readUInt32BE(4) : entry.readUInt16BE(4)
    if (tellingTypes.includes(entry.toString('latin1', isLong ? 10 : 8, isLong ? 14 : 12))) found.add(id)
  }
  return found
}

/** @throws RangeError if it is truncated */
function placesOf(body: Buffer, wanted: ReadonlySet<number>, dataAt: number | undefined): readonly Range[] {
  const version = body.readUInt8(0)
  const sizes = body.readUInt16BE(4)
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const indexSize = version === 0 ? 0 : sizes & 15
  let at = 6
  const next = (size: number) => {
    let value = 0
    for (let count = 0; count < size; count++) value = value * 256 + body.readUInt8(at++)
    return value
  }
  const ranges: Range[] = []
  for (let left = next(version < 2 ? 2 : 4); left > 0; left--) {
    const id = next(version < 2 ? 2 : 4)
    const isInData = version > 0 && (next(2) & 15) === 1
    next(2)
    const base = next(baseSize) + (isInData ? (dataAt ?? 0) : 0)
    for (let extents = next(2); extents > 0; extents--) {
      next(indexSize)
      const start = base + next(offsetSize)
      const length = next(lengthSize)
      // A length of 0 means the whole file; telephones do not write that.
      if (wanted.has(id))
        ranges.push({ start, end: length === 0 ? Number.POSITIVE_INFINITY : start + length })
    }
  }
  return ranges
}
