import type { Reader } from './reader.ts'

/**
 * PDF (ISO 32000-1): objects that a table finds by their distance from the beginning, so that nothing changes its length.
 * What tells of somebody is written over by blanks where it stands: the strings of the document information dictionary
 * (14.3.3) that the trailer names, packets of XMP (14.3.2), and Exif and notes within JPEG pictures, which readers of PDF
 * do not look at.
 *
 * One that is signed stays whole, since the signature is over its bytes (12.8.1). Of one that is encrypted, and of what is
 * packed into streams of objects, nothing is found.
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

/** A file that was saved anew names the same dictionary again; one that names more is nobody's. */
const mostNamed = 8
const longestDictionary = 64 * 1024

/** Each version of the dictionary that is there: a file that was saved anew holds the ones before, too. */
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

/** `(text)`, in which brackets are in pairs or behind a backslash, and `<hex>`, in which blanks count for nothing (7.3.4). */
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

/** XMP is not packed, so that any program finds it: from one processing instruction to the next, or its element. */
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

/** APP1 with Exif or XMP and APP13 of a JPEG, found by their head: a marker, a length and their name. */
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
