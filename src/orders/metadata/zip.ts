/** An entry of a ZIP (APPNOTE 6.3.10), from its central directory; `method` is 0 for stored and 8 for deflated data. */
export type ZipPart = {
  readonly name: Buffer
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly data: Buffer
}

const local = 0x04034b50
const central = 0x02014b50
const end = 0x06054b50
/** The flags for UTF-8 names and for encryption; this writer needs no others. */
const keptFlags = 0x0801
/** 1980-01-01, the earliest date of the format: the real time is personal. */
const noTime = 0x00210000

/**
 * The entries named by the central directory, in its order; anything else in the file is ignored.
 * @throws RangeError if it is truncated, or needs the ZIP64 extensions
 */
export function entriesIn(zip: Buffer): readonly ZipPart[] {
  const last = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (last < 0) throw new RangeError('no directory')
  const entries: ZipPart[] = []
  let at = zip.readUInt32LE(last + 16)
  let sum = 0
  for (let left = zip.readUInt16LE(last + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== central) throw new RangeError('not a part')
    const [packed, size, from] = [20, 24, 42].map(offset => zip.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const nameLength = zip.readUInt16LE(at + 28)
    if (zip.readUInt32LE(from) !== local) throw new RangeError('a part elsewhere')
    const begin = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28)
    // Overlapping entries would unpack to more than was sent.
    sum += packed
    if (begin + packed > zip.length || sum > zip.length) throw new RangeError('a part that is cut short')
    entries.push({
      name: zip.subarray(at + 46, at + 46 + nameLength),
      flags: zip.readUInt16LE(at + 8) & keptFlags,
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      size,
      data: zip.subarray(begin, begin + packed),
    })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/** Writes the entries, then the central directory, without times, extra fields and comments. */
export function* zipOf(entries: Iterable<ZipPart>): Iterable<Uint8Array> {
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(local, 0)
    fields(entry).copy(head, 4)
    const line = Buffer.alloc(46)
    line.writeUInt32LE(central, 0)
    line.writeUInt16LE(20, 4)
    fields(entry).copy(line, 6)
    line.writeUInt32LE(at, 42)
    directory.push(line, entry.name)
    yield Buffer.concat([head, entry.name])
    yield entry.data
    at += head.length + entry.name.length + entry.data.length
  }
  const lines = Buffer.concat(directory)
  const last = Buffer.alloc(22)
  last.writeUInt32LE(end, 0)
  for (const offset of [8, 10]) last.writeUInt16LE(directory.length / 2, offset)
  last.writeUInt32LE(lines.length, 12)
  last.writeUInt32LE(at, 16)
  yield lines
  yield last
}

/** The 26 bytes that a local header and a directory entry share, from the needed version on. */
function fields({ name, flags, method, crc, size, data }: ZipPart): Buffer {
  const bytes = Buffer.alloc(26)
  bytes.writeUInt16LE(20, 0)
  bytes.writeUInt16LE(flags, 2)
  bytes.writeUInt16LE(method, 4)
  bytes.writeUInt32LE(noTime, 6)
  bytes.writeUInt32LE(crc, 10)
  bytes.writeUInt32LE(data.length, 14)
  bytes.writeUInt32LE(size, 18)
  bytes.writeUInt16LE(name.length, 22)
  return bytes
}
