import { promisify } from 'node:util'
import { crc32, deflateRaw, inflateRaw } from 'node:zlib'
import { jpeg } from './jpeg.ts'
import { png } from './png.ts'
import { createReader, type Reader, type Strip } from './reader.ts'
import { webp } from './webp.ts'
import { entriesIn, type ZipPart, zipOf } from './zip.ts'

/** Limits for unpacking a document and one of its parts; real documents stay below. */
const mostUnpacked = 256 * 1024 * 1024
const largestPart = 64 * 1024 * 1024

const properties = (schema: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/${schema}"/>`
const people =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
const core =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'

/** Parts that name author, company, time and program: replaced by empty ones, since other parts refer to them. */
const emptied: readonly (readonly [RegExp, string])[] = [
  [/^docProps\/core\.xml$|\.psmdcp$/i, core],
  [/^docProps\/app\.xml$/i, properties('extended-properties')],
  [/^docProps\/custom\.xml$/i, properties('custom-properties')],
  [/^word\/people\.xml$/i, people],
]
/** Pictures, and the thumbnail of the first page. */
const picture = /^(?:(?:word|xl|ppt)\/media\/|docProps\/thumbnail)/i
const workbook = /^xl\/workbook\.xml$/i
/**
 * Text with its tracked changes and comments, which name their authors (ECMA-376, part 1, 17.13), and Excel's
 * comments.
 */
const written = /^(?:word\/[^/]+|xl\/comments[^/]*|xl\/(?:persons|threadedComments)\/[^/]+)\.xml$/i

/**
 * Word and Excel files (ECMA-376, part 2): parts in a ZIP. Compressed parts are passed on as they are, except those
 * with personal metadata; times are dropped. A signed file is left whole, since any change would break its
 * signature.
 */
export async function* office(reader: Reader): AsyncIterable<Uint8Array> {
  const file = await reader.rest()
  const entries = partsOf(file, reader)
  if (entries.some(({ name }) => /^_xmlsignatures\//i.test(String(name)))) {
    reader.noteAsSent()
    return yield file
  }
  const clean: ZipPart[] = []
  let unpacked = 0
  for (const entry of entries) {
    const { part, took } = await cleaned(entry, reader)
    clean.push(part)
    unpacked += took
    if (unpacked > mostUnpacked) throw reader.broken('a document that unpacks to more than 256 MB')
  }
  yield* zipOf(clean)
}

function partsOf(file: Buffer, reader: Reader): readonly ZipPart[] {
  try {
    return entriesIn(file)
  } catch (error) {
    if (error instanceof RangeError) throw reader.broken('a document whose parts cannot be told apart')
    throw error
  }
}

/** A cleaned part, and how many bytes were unpacked for it. */
type Cleaned = { readonly part: ZipPart; readonly took: number }

async function cleaned(entry: ZipPart, reader: Reader): Promise<Cleaned> {
  const name = String(entry.name)
  const text = emptied.find(([pattern]) => pattern.test(name))?.[1]
  if (text !== undefined) return { part: await packed(entry, Buffer.from(text)), took: 0 }
  if (![picture, workbook, written].some(kind => kind.test(name))) return { part: entry, took: 0 }
  const bytes = await unpacked(entry, reader)
  if (!bytes) return { part: entry, took: 0 }
  const clean = workbook.test(name)
    ? withoutPlace(bytes)
    : written.test(name)
      ? withoutAuthors(bytes)
      : await withoutMetadata(bytes, name)
  return { part: clean ? await packed(entry, clean) : entry, took: bytes.length }
}

/** Removes the path at which the author saved the workbook, since it often contains their name. */
function withoutPlace(bytes: Buffer): Buffer {
  const said = bytes.toString('utf8')
  return Buffer.from(
    said.replace(/(<x15ac:absPath\b[^>]{0,999}?\burl=)("[^"]{0,4000}"|'[^']{0,4000}')/g, '$1""'),
  )
}

/** Removes authors' names from changes and comments; the comments themselves stay. */
function withoutAuthors(bytes: Buffer): Buffer | undefined {
  const said = bytes.toString('utf8')
  const clean = said
    .replace(/<[A-Za-z][^<>]*>/g, tag => tag.replace(named, '$1"—"'))
    .replace(/(<author\b[^<>]*>)[^<]+(?=<\/author>)/g, '$1—')
  return clean === said ? undefined : Buffer.from(clean)
}
const named = /(\s(?:\w+:)?(?:author|initials|displayName|userId)=)(?:"[^"]*"|'[^']*')/g

async function withoutMetadata(bytes: Buffer, name: string): Promise<Buffer | undefined> {
  const strip = stripOf(bytes)
  if (!strip) return undefined
  async function* once() {
    yield bytes
  }
  const pieces: Uint8Array[] = []
  for await (const piece of strip(createReader(once(), name))) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Chooses by the first bytes, since a part's name may be wrong. Drawings (EMF, WMF, SVG) hold no places. */
function stripOf(bytes: Buffer): Strip | undefined {
  if (bytes.toString('latin1', 0, 3) === '\xff\xd8\xff') return jpeg
  if (bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n') return png
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
    ? webp
    : undefined
}

const inflate = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflateRaw)

/** Undefined if the part is encrypted, packed by another method, or too large. */
async function unpacked({ flags, method, size, data }: ZipPart, reader: Reader): Promise<Buffer | undefined> {
  if ((flags & 1) === 1 || size > largestPart) return undefined
  if (method === 0) return data
  if (method !== 8) return undefined
  return inflate(data, { maxOutputLength: largestPart }).catch(() => {
    throw reader.broken('a part that cannot be unpacked')
  })
}

const deflate = promisify<Buffer, Buffer>(deflateRaw)

async function packed({ name, flags, method }: ZipPart, bytes: Buffer): Promise<ZipPart> {
  const data = method === 8 ? await deflate(bytes) : bytes
  return {
    name,
    flags: flags & ~1,
    method: method === 8 ? 8 : 0,
    crc: crc32(bytes),
    size: bytes.length,
    data,
  }
}
