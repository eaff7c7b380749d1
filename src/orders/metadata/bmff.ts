import { boxesIn } from './boxes.ts'
import { type Range, tellingRanges } from './items.ts'
import type { Reader } from './reader.ts'

/** What a picture, sound or film consists of; a file's other boxes are of vendors, or nobody's. */
const kept: readonly string[] = ['ftyp', 'styp', 'pdin', 'sidx', 'mdat', 'mfra', 'wide']
/** Boxes that hold boxes, in which there may be some that tell of somebody. */
const containers: readonly string[] = ['moov', 'trak', 'mdia', 'minf', 'moof', 'traf']
/** User data with "©xyz" of telephones, Apple's keys with ISO 6709, XMP; and room that may hold what was there before. */
const telling: readonly string[] = ['udta', 'meta', 'uuid', 'free', 'skip']

/** What is looked through is held whole; an hour of film has an index of one or two megabytes. */
const longestIndex = 64 * 1024 * 1024

/**
 * Containers of ISO 14496-12 (MP4, QuickTime, 3GPP, M4A) and their pictures (HEIF, ISO 23008-12): boxes of length, type and
 * data. Places in a file are told by their distance from its beginning, so that nothing changes its length: what tells of
 * somebody becomes `free` space full of zeros. How a picture or film is turned stands elsewhere (`irot`, `tkhd`) and stays.
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

/** Undefined where it describes no picture. */
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
  readonly head: Buffer /** Of what follows; without an end where the file ends it. */
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

/** To the end of the box, or of the file. */
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

/** Fills with zeros what of those ranges lies in these bytes. @param at where they stand in the file */
function blank(bytes: Uint8Array, at: number, ranges: readonly Range[]): void {
  for (const { start, end } of ranges)
    if (end > at && start < at + bytes.length)
      bytes.fill(0, Math.max(0, start - at), Math.min(bytes.length, end - at))
}

/** Empties what tells of somebody in a box of boxes; what cannot be told apart any more is left as it is. */
function emptyWithin(bytes: Buffer): void {
  for (const { type, typeAt, body } of boxesIn(bytes)) {
    if (telling.includes(type) || (type === 'trak' && isOfMetadata(body))) {
      bytes.write('free', typeAt, 'latin1')
      body.fill(0)
    } else if (containers.includes(type)) emptyWithin(body)
  }
}

/** A track of places or other notes beside the film: its index goes, and nobody finds them any more. */
function isOfMetadata(track: Buffer): boolean {
  for (const { type, body } of boxesIn(track)) {
    if (type === 'mdia' && isOfMetadata(body)) return true
    if (type === 'hdlr' && body.toString('latin1', 8, 12) === 'meta') return true
  }
  return false
}
