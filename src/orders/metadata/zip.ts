/** A part of a ZIP (APPNOTE 6.3.10), as its directory says; its data are packed by `method`, 0 not at all, 8 deflated. */
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
/** Names are UTF-8; whether a part is locked. The others say what this writer has no use for. */
const keptFlags = 0x0801
/** Midnight of the first day that there is: when somebody saved it is nobody's business. */
const noTime = 0x00210000

/**
 * The parts that its directory names, in that order; whatever lies between them is in none.
 * @throws RangeError where it is cut short, or larger than a ZIP without extensions can be
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
    // Parts that lie over each other would make more of a file than was sent.
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

/** Parts one after the other, then their directory: no times, no extra fields, no comments. */
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

/** What a part's own head and its line in the directory have in common: 26 bytes from the version that it needs. */
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
