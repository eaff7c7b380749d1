/** Photos of 16 by 8 dots, red on the left and blue on the right, as Chromium writes them; and what telephones add. */
import { crc32 } from 'node:zlib'

const base64 = (text: string) => Buffer.from(text, 'base64')

export const jpegPhoto = base64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABkRAAIDAQAAAAAAAAAAAAAAAABDBYHBBv/aAAwDAQACEQMRAD8Aio4FOdbWjM8u8P/Z',
)
export const pngPhoto = base64(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAYAAADwdn+XAAAAJ0lEQVR4AeyQoQ0AAAjDmv3/c/kABALDkqkmFY1g9wEblnsB3DcoAAAA//9LtzGOAAAABklEQVQDALr0H/FxgNKIAAAAAElFTkSuQmCC',
)
export const webpPhoto = base64(
  'UklGRh4CAABXRUJQVlA4WAoAAAAgAAAADwAABwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggMAAAAHABAJ0BKhAACAACwEwloAJ0AUAAAP7wyz/+j7/+tv/9aH+tv623/20PTf/+tBNAAA==',
)

/** Exif data of a telephone: how the picture is turned, and a folder with the place. @param secret stands for the place */
export function exifWith(secret: string, orientation: number): Buffer {
  const head = Buffer.alloc(38)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(2, 8)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(value, at + 8)
  }
  entry(10, 0x0112, 3, 1, orientation)
  entry(22, 0x010f, 2, secret.length, head.length)
  return Buffer.concat([head, Buffer.from(secret)])
}

const be32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function jpegSegment(code: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, code]), be32(body.length + 2).subarray(2), body])
}
/** Behind the first marker. */
export const jpegWith = (...segments: readonly Buffer[]) =>
  Buffer.concat([jpegPhoto.subarray(0, 2), ...segments, jpegPhoto.subarray(2)])

export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  return Buffer.concat([be32(data.length), named, be32(crc32(named))])
}
/** Behind IHDR. */
export const pngWith = (...chunks: readonly Buffer[]) =>
  Buffer.concat([pngPhoto.subarray(0, 33), ...chunks, pngPhoto.subarray(33)])

/** Chunks behind the picture, with the flags that say so. */
export function webpWith(...chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(data.length)
    return Buffer.concat([Buffer.from(type), size, data, Buffer.alloc(data.length % 2)])
  })
  const whole = Buffer.concat([webpPhoto, ...parts])
  whole.writeUInt32LE(whole.length - 8, 4)
  whole[20] = whole[20]! | 0x0c
  return whole
}

/** A box of ISO 14496-12. */
export const box = (type: string, ...bodies: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(bodies)
  return Buffer.concat([be32(body.length + 8), Buffer.from(type, 'latin1'), body])
}

const handler = (type: string) => box('hdlr', Buffer.alloc(8), Buffer.from(type), Buffer.alloc(13))

/** A film as telephones write it: data first, then the index with what they add to it. */
export const filmWith = (secret: string) => {
  const hidden = Buffer.from(secret)
  const track = (type: string) =>
    box('trak', box('tkhd', Buffer.alloc(84, 1)), box('mdia', handler(type), box('minf', hidden)))
  return Buffer.concat([
    box('ftyp', Buffer.from('mp42\0\0\0\0mp42isom', 'latin1')),
    box('mdat', Buffer.from('the film itself')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100, 2)),
      box('trak', box('tkhd', Buffer.alloc(84, 1))),
      track('meta'),
      box('udta', box('\xa9xyz', hidden)),
      box('meta', hidden),
    ),
    box('uuid', hidden),
  ])
}

/** A HEIC photo: item 1 is the picture, item 2 Exif; both lie in mdat, XMP in idat. @param isDataFirst before it is said where they are */
export function heicWith(secret: string, isDataFirst = false): Buffer {
  const hidden = Buffer.from(secret)
  const picture = Buffer.from('the picture itself')
  const entry = (id: number, type: string) =>
    box('infe', Buffer.from([2, 0, 0, 0, 0, id, 0, 0]), Buffer.from(`${type}\0`))
  const items = box(
    'iinf',
    Buffer.from([0, 0, 0, 0, 0, 3]),
    entry(1, 'hvc1'),
    entry(2, 'Exif'),
    entry(3, 'mime'),
  )
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'))
  const described = (pictureAt: number) => {
    const place = (id: number, method: number, at: number, length: number) =>
      Buffer.concat([Buffer.from([0, id, 0, method, 0, 0, 0, 1]), be32(at), be32(length)])
    const iloc = box(
      'iloc',
      Buffer.from([1, 0, 0, 0, 0x44, 0, 0, 3]),
      place(1, 0, pictureAt, picture.length),
      place(2, 0, pictureAt + picture.length, hidden.length),
      place(3, 1, 0, hidden.length),
    )
    return box('meta', Buffer.alloc(4), handler('pict'), items, iloc, box('idat', hidden))
  }
  const data = box('mdat', picture, hidden)
  if (isDataFirst) return Buffer.concat([ftyp, data, described(ftyp.length + 8)])
  const length = ftyp.length + described(0).length + 8
  return Buffer.concat([ftyp, described(length), data])
}
