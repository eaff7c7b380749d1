import { turnOnly } from './exif.ts'
import type { Reader } from './reader.ts'

/**
 * JPEG (ITU-T T.81, annex B): segments of a marker (0xff and a byte), a length and a body. After a scan's header
 * come its data, in which 0xff is followed by 0 or is part of a restart marker.
 *
 * Kept are the segments of the picture itself, JFIF, the colour profile (ICC in APP2) and Adobe's colour transform
 * (APP14, without which the colours are wrong). Exif is reduced to the orientation. Every other APPn (XMP,
 * Photoshop's, previews, maker notes), every comment, and anything after the end is dropped.
 */
export async function* jpeg(reader: Reader): AsyncIterable<Uint8Array> {
  yield await reader.take(2)
  let isTurned = false
  for (;;) {
    const marker = await markerFrom(reader)
    // Truncated after a scan: what is there can be shown.
    if (marker === undefined) return
    const code = marker[1]!
    if (code === endOfImage) return yield marker
    if (standsAlone(code)) {
      yield marker
      continue
    }
    const length = await reader.take(2)
    const size = length.readUInt16BE(0) - 2
    if (size < 0) throw reader.broken('a segment without a length')
    const body = await reader.take(size)
    const turn = code === app1 && !isTurned && startsWith(body, exif) ? turnOnly(body.subarray(6)) : undefined
    if (turn) {
      isTurned = true
      yield segment(app1, Buffer.concat([Buffer.from(exif, 'latin1'), turn]))
    } else if (isKept(code, body)) {
      yield Buffer.concat([marker, length, body])
      if (code === startOfScan) yield* scan(reader)
    }
  }
}

const endOfImage = 0xd9
const startOfScan = 0xda
const app1 = 0xe1
const exif = 'Exif\0\0'

/** TEM, SOI and restart markers have no length. */
const standsAlone = (code: number) => code === 0x01 || (code >= 0xd0 && code <= 0xd8)

function isKept(code: number, body: Buffer): boolean {
  if (code === 0xfe) return false
  if (code < 0xe0 || code > 0xef) return true
  return (
    (code === 0xe0 && startsWith(body, 'JFIF\0')) ||
    (code === 0xe2 && startsWith(body, 'ICC_PROFILE\0')) ||
    (code === 0xee && startsWith(body, 'Adobe'))
  )
}

/** The next marker, skipping fill bytes of 0xff; undefined at the end of the file. */
async function markerFrom(reader: Reader): Promise<Buffer | undefined> {
  for (;;) {
    const next = await reader.peek(2)
    if (next.length < 2) return undefined
    if (next[0] !== 0xff) throw reader.broken('something that is no segment')
    if (next[1] !== 0xff) return Buffer.from(await reader.take(2))
    await reader.take(1)
  }
}

/** The data of a scan, in pieces, up to the next marker. */
async function* scan(reader: Reader): AsyncIterable<Uint8Array> {
  for (;;) {
    const here = await reader.peek(2)
    const at = here.length < 2 ? -1 : markerIn(here)
    const undecided = here.length >= 2 && here.at(-1) === 0xff ? 1 : 0
    const plain = at >= 0 ? at : here.length - undecided
    if (plain > 0) yield await reader.take(plain)
    if (at >= 0 || here.length < 2) return
  }
}

function markerIn(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1]!
    if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return at
  }
  return -1
}

function segment(code: number, body: Uint8Array): Uint8Array {
  const head = Buffer.from([0xff, code, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

const startsWith = (bytes: Buffer, text: string) => bytes.toString('latin1', 0, text.length) === text
