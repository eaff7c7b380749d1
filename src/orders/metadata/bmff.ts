import { boxesIn } from './boxes.ts'
import { type Range, tellingRanges } from './items.ts'
import type { Reader } from './reader.ts'

/** Boxes that a picture, sound or film consists of; other boxes are vendors' or unknown. */
const kept: readonly string[] = ['ftyp', 'styp', 'pdin', 'sidx', 'mdat', 'mfra', 'wide']
/** Boxes that contain boxes, in which personal metadata may lie. */
const containers: readonly string[] = ['moov', 'trak', 'mdia', 'minf', 'moof', 'traf']
/**
 * Boxes with personal metadata: user data such as telephones' "©xyz", Apple's keys with ISO 6709 places, XMP; and
 * free space that may hold old contents.
 */
const telling: readonly string[] = ['udta', 'meta', 'uuid', 'free', 'skip']

/** Container boxes are read into memory; an hour of film has an index of one or two megabytes. */
const longestIndex = 64 * 1024 * 1024

/**
 * Containers of ISO 14496-12 (MP4, QuickTime, 3GPP, M4A) and HEIF pictures (ISO 23008-12): boxes of length, type
 * and data. Offsets count from the beginning of the file, so lengths must not change: personal metadata becomes a
 * `free` box of zeros. The rotation of a picture or film is stored elsewhere (`irot`, `tkhd`) and stays.
 */
export async function* bmff(reader: Reader): AsyncIterable<Uint8Array> {
  let ranges: readonly Range[] = []
  while ((await reader.peek(1)).length > 0) {
    const { type, head, length } = await boxFrom(reader)
    const from = reader.at()
    const isHeld = type === 'meta' || containers.includes(type)
    if (isHeld && length <= longestIndex) {
      const body = Buffer.from(await reader.take(length))
      const items = type === 'meta' ? rangesIn(body, reader) : undefined
      if (items) {
        ranges = items
        blank(body, from, ranges)
      } else if (type === 'meta') {
        head.write('free', 4, 'latin1')
        body.fill(0)
      } else emptyWithin(body)
      yield head
      yield body
    } else if (kept.includes(type)) {
      yield head
      yield* blanked(reader, length, ranges)
    } else {
      head.write('free', 4, 'latin1')
      yield head
      for await (const piece of passed(reader, length)) yield Buffer.alloc(piece.length)
    }
  }
}

/** Undefined if the box describes no picture. */
function rangesIn(meta: Buffer, reader: Reader): readonly Range[] | undefined {
  const from = reader.at() - meta.length
  try {
    const ranges = tellingRanges(meta, from)
    if (!ranges?.some(({ start }) => start < from)) return ranges
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw reader.broken('a photo whose details cannot be found, or were passed already')
}

type Box = {
  readonly type: string
  readonly head: Buffer /** Length of the body; infinite if the box ends with the file. */
  readonly length: number
}

async function boxFrom(reader: Reader): Promise<Box> {
  const short = Buffer.from(await reader.take(8))
  const type = short.toString('latin1', 4)
  const size = short.readUInt32BE(0)
  if (size === 0) return { type, head: short, length: Number.POSITIVE_INFINITY }
  if (size !== 1) {
    if (size < 8) throw reader.broken('a box without a length')
    return { type, head: short, length: size - 8 }
  }
  const long = Buffer.concat([short, await reader.take(8)])
  const length = Number(long.readBigUInt64BE(8)) - 16
  if (length < 0) throw reader.broken('a box without a length')
  return { type, head: long, length }
}

/** Reads to the end of the box, or of the file. */
async function* passed(reader: Reader, length: number): AsyncIterable<Uint8Array> {
  if (Number.isFinite(length)) yield* reader.pass(length)
  else while ((await reader.peek(1)).length > 0) yield await reader.take(reader.held())
}

async function* blanked(reader: Reader, length: number, ranges: readonly Range[]): AsyncIterable<Uint8Array> {
  let at = reader.at()
  for await (const piece of passed(reader, length)) {
    const own = ranges.length === 0 ? piece : Buffer.from(piece)
    blank(own, at, ranges)
    at += piece.length
    yield own
  }
}

/** Fills the parts of the ranges that lie in these bytes with zeros. @param at position of the bytes in the file */
function blank(bytes: Uint8Array, at: number, ranges: readonly Range[]): void {
  for (const { start, end } of ranges)
    if (end > at && start < at + bytes.length)
      bytes.fill(0, Math.max(0, start - at), Math.min(bytes.length, end - at))
}

/** Empties boxes with personal metadata within a container; stops where the boxes cannot be parsed. */
function emptyWithin(bytes: Buffer): void {
  for (const { type, typeAt, body } of boxesIn(bytes)) {
    if (telling.includes(type) || (type === 'trak' && isOfMetadata(body))) {
      bytes.write('free', typeAt, 'latin1')
      body.fill(0)
    } else if (containers.includes(type)) emptyWithin(body)
  }
}

/** Whether a track holds metadata such as places. Emptying its index makes its data unreachable. */
function isOfMetadata(track: Buffer): boolean {
  for (const { type, body } of boxesIn(track)) {
    if (type === 'mdia' && isOfMetadata(body)) return true
    if (type === 'hdlr' && body.toString('latin1', 8, 12) === 'meta') return true
  }
  return false
}
