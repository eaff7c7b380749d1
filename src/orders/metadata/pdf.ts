import type { Reader } from './reader.ts'

/**
 * PDF (ISO 32000-1): objects are found by their offsets in a table, so lengths must not change. Personal metadata
 * are overwritten with blanks in place: the strings of the document information dictionary (14.3.3) that the
 * trailer names, packets of XMP (14.3.2), and Exif and notes within JPEG pictures, which PDF readers ignore.
 *
 * A signed file is left whole, since the signature covers its bytes (12.8.1). In encrypted files, and in object
 * streams, which are compressed, nothing is found.
 */
export async function* pdf(reader: Reader): AsyncIterable<Uint8Array> {
  const file = await reader.rest()
  const [isSigned, isEncrypted] = [file.includes('/ByteRange'), file.includes('/Encrypt')]
  if (isSigned || isEncrypted) reader.noteAsSent()
  if (!isSigned) {
    if (!isEncrypted) blankProperties(file)
    blankPackets(file)
    blankSegments(file)
  }
  yield file
}

const blank = ' '.charCodeAt(0)

/** Each save repeats the same reference; a file that names more dictionaries than this is not a normal one. */
const mostNamed = 8
const longestDictionary = 64 * 1024

/** Blanks every version of the dictionary: a file saved repeatedly also holds the old ones. */
function blankProperties(file: Buffer): void {
  const named = new Set<string>()
  for (
    let at = file.indexOf('/Info');
    at >= 0 && named.size < mostNamed;
    at = file.indexOf('/Info', at + 5)
  ) {
    const [, id, round] = /^\/Info\s+(\d+)\s+(\d+)\s+R\b/.exec(file.toString('latin1', at, at + 60)) ?? []
    if (id !== undefined) named.add(`${id} ${round} obj`)
  }
  for (const object of named)
    for (let at = file.indexOf(object); at >= 0; at = file.indexOf(object, at)) {
      const isAnothers = /\d/.test(String.fromCharCode(file[at - 1] ?? blank))
      at += object.length
      if (isAnothers) continue
      const most = file.subarray(at, at + longestDictionary)
      const end = most.indexOf('endobj')
      blankStrings(file, at, at + (end < 0 ? most.length : end))
      at += end < 0 ? most.length : end
    }
}

/** Strings are `(text)`, with nested or escaped parentheses, and `<hex>`, in which blanks are ignored (7.3.4). */
function blankStrings(file: Buffer, from: number, end: number): void {
  let depth = 0
  let isHex = false
  for (let at = from; at < end; at++) {
    const byte = String.fromCharCode(file[at] ?? 0)
    if (depth > 0) {
      if (byte === '(') depth++
      else if (byte === ')') depth--
      if (depth === 0) continue
      if (byte === '\\' && at + 1 < end) file[at++] = blank
      file[at] = blank
    } else if (isHex) {
      if (byte === '>') isHex = false
      else file[at] = blank
    } else if (byte === '(') depth = 1
    else if (byte === '<' && file[at + 1] !== 0x3c && file[at - 1] !== 0x3c) isHex = true
  }
}

/** XMP is stored uncompressed so that any program finds it: between two processing instructions, or in its element. */
function blankPackets(file: Buffer): void {
  for (const [begin, last] of [
    ['<?xpacket begin', '<?xpacket end'],
    ['<x:xmpmeta', '</x:xmpmeta>'],
  ] as const)
    for (let at = file.indexOf(begin); at >= 0; at = file.indexOf(begin, at + 1)) {
      const end = file.indexOf(last, at)
      if (end < 0) break
      const stop = file.indexOf('>', end)
      file.fill(blank, at, stop < 0 ? end : stop + 1)
    }
}

/** A JPEG's APP1 with Exif or XMP and its APP13, found by marker, length and name. */
function blankSegments(file: Buffer): void {
  for (const [marker, name] of [
    [0xe1, 'Exif\0\0'],
    [0xe1, 'http://ns.adobe.com/xap/1.0/\0'],
    [0xed, 'Photoshop 3.0\0'],
  ] as const)
    for (let at = file.indexOf(name, 4, 'latin1'); at >= 0; at = file.indexOf(name, at + 1, 'latin1')) {
      if (file[at - 4] !== 0xff || file[at - 3] !== marker) continue
      const end = at - 2 + file.readUInt16BE(at - 2)
      file.fill(0, at + name.length, Math.min(end, file.length))
    }
}
