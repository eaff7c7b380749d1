import { boxesIn } from './boxes.ts'

/** Bytes of a file, from `start` and before `end`. */
export type Range = { readonly start: number; readonly end: number }

/** Items of a picture that tell of who took it: Exif, and XMP as a text of some type. */
const tellingTypes: readonly string[] = ['Exif', 'mime', 'uri ']

/**
 * Where Exif and XMP of a HEIF picture lie (ISO 14496-12, section 8.11): `iinf` says which item is of which type, `iloc`
 * where its bytes are. Undefined where this box describes no picture.
 * @param at where the box's body stands in the file
 * @throws RangeError where it is cut short
 */
export function tellingRanges(meta: Buffer, at: number): readonly Range[] | undefined {
  // A full box: four bytes of version and flags come first.
  const boxes = [...boxesIn(meta.subarray(4))]
  const named = (type: string) => boxes.find(box => box.type === type)
  if (named('hdlr')?.body.toString('latin1', 8, 12) !== 'pict') return undefined
  const [items, places, data] = [named('iinf'), named('iloc'), named('idat')]
  if (!items || !places) return []
  const dataAt = data ? at + (data.body.byteOffset - meta.byteOffset) : undefined
  return placesOf(places.body, tellingItems(items.body), dataAt)
}

/** Ids of items of those types, by their `infe` boxes of version 2 (16 bits of id) and 3 (32). */
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

/** @throws RangeError where it is cut short */
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
      // A length of nothing is all of the file: no telephone writes it.
      if (wanted.has(id))
        ranges.push({ start, end: length === 0 ? Number.POSITIVE_INFINITY : start + length })
    }
  }
  return ranges
}
