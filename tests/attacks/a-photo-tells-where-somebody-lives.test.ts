/** What a telephone writes into a photo or film (where, when, by which device) is not kept, nor who wrote a document; what can be seen is. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault, FaultList } from '../../src/foundation/index.ts'
import type { OrderDetail } from '../../src/orders/api.ts'
import { evidenceRulesSchema } from '../../src/orders/evidence.ts'
import { keepPieces } from '../../src/orders/index.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { documentText, documentWith, pdfWith } from '../support/documents.ts'
import {
  box,
  exifWith,
  filmWith,
  heicWith,
  jpegPhoto,
  jpegSegment,
  jpegWith,
  pngChunk,
  pngPhoto,
  pngWith,
  webpPhoto,
  webpWith,
} from '../support/photos.ts'

const secret = '+39.9042+116.4074/ 3-2-501'
const hidden = Buffer.from(secret)
const label = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), hidden])
const exif = (orientation: number) =>
  Buffer.concat([label('Exif\0\0').subarray(0, 6), exifWith(secret, orientation)])
const rules = evidenceRulesSchema.parse({})

/** What is kept of a file, sent in pieces of that size, and what is said of it. */
async function keep(file: Buffer, size = 7) {
  let kept = Buffer.alloc(0)
  const store = {
    async keep(_order: string, bytes: AsyncIterable<Uint8Array>) {
      const pieces: Uint8Array[] = []
      for await (const piece of bytes) pieces.push(piece)
      kept = Buffer.concat(pieces)
      return { hash: createHash('sha256').update(kept).digest('hex'), bytes: kept.length }
    },
    open: () => Promise.reject(new Error('nobody asks')),
    copy: async () => undefined,
    drop: async () => undefined,
    erase: async () => undefined,
  }
  async function* inPieces() {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size)
  }
  async function* files() {
    yield { name: '照片', bytes: inPieces() }
  }
  const pieces = []
  for await (const piece of keepPieces('1', files(), rules, store)) pieces.push(piece)
  return { kept, piece: pieces[0]! }
}

const telling: readonly (readonly [what: string, file: Buffer, clean: Buffer])[] = [
  [
    'JPEG: Exif, XMP, other sizes, Photoshop, notes, a comment, a film behind its end',
    Buffer.concat([
      jpegWith(
        jpegSegment(0xe1, exif(1)),
        jpegSegment(0xe1, label('http://ns.adobe.com/xap/1.0/\0')),
        jpegSegment(0xe2, label('MPF\0')),
        jpegSegment(0xed, label('Photoshop 3.0\0')),
        jpegSegment(0xe5, hidden),
        jpegSegment(0xfe, hidden),
      ),
      hidden,
    ]),
    jpegPhoto,
  ],
  [
    'PNG: Exif, texts, XMP, a time, a chunk of a vendor, something behind its end',
    Buffer.concat([
      pngWith(
        pngChunk('eXIf', exifWith(secret, 1)),
        pngChunk('tEXt', label('Comment\0')),
        pngChunk('zTXt', label('Comment\0\0')),
        pngChunk('iTXt', label('XML:com.adobe.xmp\0\0\0\0\0')),
        pngChunk('tIME', Buffer.alloc(7)),
        pngChunk('caBX', hidden),
      ),
      hidden,
    ]),
    pngPhoto,
  ],
  [
    'WebP: Exif, XMP, a chunk of a vendor, something behind its end',
    Buffer.concat([webpWith(['EXIF', exifWith(secret, 1)], ['XMP ', hidden], ['VEND', hidden]), hidden]),
    webpPhoto,
  ],
]

const files = [...telling.map(([, file]) => file), heicWith(secret), filmWith(secret), documentWith(secret)]

/** In process: what is promised is a property of a function, tried with thousands of files. */
describe('a photo', () => {
  it.each(telling)('is kept without what it tells: %s', async (_, file, clean) => {
    const { kept, piece } = await keep(file)
    expect(kept.equals(clean)).toBe(true)
    expect(piece).toMatchObject({
      bytes: clean.length,
      hash: createHash('sha256').update(clean).digest('hex'),
    })
  })

  it.each([
    ['JPEG', (turn: number) => jpegWith(jpegSegment(0xe1, exif(turn)))],
    ['PNG', (turn: number) => pngWith(pngChunk('eXIf', exifWith(secret, turn)))],
    ['WebP', (turn: number) => webpWith(['EXIF', exifWith(secret, turn)])],
  ])('stays turned as it was held: %s', async (_, turned) => {
    for (const turn of [2, 3, 4, 5, 6, 7, 8]) {
      const { kept } = await keep(turned(turn))
      // TIFF of one entry (0x0112, SHORT, 1), big-endian.
      const word = Buffer.from([
        0x4d,
        0x4d,
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        0x01,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        turn,
        0,
        0,
      ])
      expect([kept.includes(word), kept.includes(hidden)]).toEqual([true, false])
      expect((await keep(kept)).kept.equals(kept)).toBe(true)
    }
  })

  it('of an iPhone is as long as it was, with zeros where Exif and XMP stood', async () => {
    const { kept } = await keep(heicWith(secret))
    expect([kept.length, kept.includes(hidden)]).toEqual([heicWith(secret).length, false])
    expect(kept.includes('the picture itself')).toBe(true)
  })

  it('whose details were passed before it said where they are is refused', async () => {
    const error = await keep(heicWith(secret, true)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FaultList)
    expect((error as FaultList).faults).toMatchObject([{ code: 'evidence-broken', place: '照片' }])
  })
})

it.each([
  ['film', filmWith(secret)],
  [
    'film whose data have no length',
    Buffer.concat([filmWith(secret), Buffer.from([0, 0, 0, 0]), Buffer.from('sefd'), hidden]),
  ],
])('a %s keeps its pictures and loses its places', async (_, film) => {
  const { kept } = await keep(film)
  expect([kept.length, kept.includes(hidden)]).toEqual([film.length, false])
  expect(kept.includes('the film itself')).toBe(true)
  expect(kept.includes(box('mvhd', Buffer.alloc(100, 2)))).toBe(true)
  expect(kept.subarray(0, 24).equals(film.subarray(0, 24))).toBe(true)
})

describe('a document', () => {
  it.each(['word', 'xl'] as const)('is kept without who wrote it, where and when: %s', async kind => {
    const { kept } = await keep(documentWith(secret, kind))
    const parts = unzipSync(kept)
    const before = unzipSync(documentWith(secret, kind))
    expect(Object.keys(parts)).toEqual(Object.keys(before))
    for (const [name, part] of Object.entries(parts)) {
      expect([name, Buffer.from(part).includes(hidden)]).toEqual([name, false])
      if (name.endsWith('.xml')) expect(Buffer.from(part).toString()).toMatch(/^<.*>$/s)
    }
    expect(Buffer.from(parts[`${kind}/media/image1.jpeg`] ?? []).equals(jpegPhoto)).toBe(true)
    expect(Buffer.from(parts[`${kind}/media/image2.png`] ?? []).equals(pngPhoto)).toBe(true)
    const main = kind === 'xl' ? 'xl/workbook.xml' : 'word/document.xml'
    expect(Buffer.from(parts[main] ?? []).toString()).toContain(documentText)
    if (kind === 'word') {
      expect(Buffer.from(parts[main] ?? []).toString()).toContain('<w:ins w:id="1" w:author="—"')
      expect(Buffer.from(parts['word/comments.xml'] ?? []).toString()).toContain('<w:t>请核实</w:t>')
    }
    // The day on which a part was saved.
    expect(kept.readUInt32LE(10)).toBe(0x00210000)
    expect((await keep(kept)).kept.equals(kept)).toBe(true)
  })

  it('that is signed stays as it is: whatever were taken out, its signature would not fit', async () => {
    const signed = documentWith(secret, 'word', { '_xmlsignatures/sig1.xml': '<Signature/>' })
    const word = await keep(signed)
    expect([word.kept.equals(signed), word.piece.asSent]).toEqual([true, true])
    const sealed = Buffer.concat([pdfWith(secret), Buffer.from('/ByteRange [0 1 2 3]')])
    const pdf = await keep(sealed)
    expect([pdf.kept.equals(sealed), pdf.piece.asSent]).toEqual([true, true])
  })

  it('that is encrypted keeps what nobody can read there, and says that it was kept as it was sent', async () => {
    const locked = await keep(pdfWith(secret, '/Root 2 0 R /Encrypt 7 0 R'))
    expect(locked.piece.asSent).toBe(true)
    expect((await keep(pdfWith(secret))).piece.asSent).toBeUndefined()
  })

  it('that would become many times what was sent is refused', async () => {
    const bomb = documentWith(secret, 'word', {
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map(at => [`word/media/large${at}.bin`, new Uint8Array(60 * 1024 * 1024)]),
      ),
    })
    await expect(keep(bomb, bomb.length)).rejects.toBeInstanceOf(FaultList)
    const over = Buffer.from(documentWith(secret))
    // The directory names the first part over and over.
    const last = over.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    const from = over.readUInt32LE(last + 16)
    const [first, end] = [
      over.subarray(from, over.indexOf('PK\x01\x02', from + 4, 'latin1')),
      over.subarray(last),
    ]
    end.writeUInt16LE(60_000, 10)
    const again = Buffer.concat([over.subarray(0, from), ...Array(60_000).fill(first), end])
    await expect(keep(again, again.length)).rejects.toBeInstanceOf(FaultList)
  })

  it('as PDF keeps its length and what is read, and loses who wrote it', async () => {
    const file = pdfWith(secret)
    const { kept } = await keep(file)
    expect([kept.length, kept.includes(hidden)]).toEqual([file.length, false])
    expect(kept.toString('latin1').toLowerCase()).not.toContain(hidden.toString('hex'))
    for (const text of ['/Title (', '(field)', '/Pages 3 >>', 'endobj', '/Author (', '<< /Type /Metadata >>'])
      expect(kept.includes(text)).toBe(true)
    // Brackets are where they were: the next key is no part of a text.
    expect(kept.toString('latin1')).toMatch(/\/Author \( +\) \/Company < +> \/Pages 3 >>/)
    expect((await keep(kept)).kept.equals(kept)).toBe(true)
  })
})

describe('whatever is sent', () => {
  const anyFile = fc.constantFrom(...files, pdfWith(secret))

  it('comes out the same in whatever pieces it came', () =>
    fc.assert(
      fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 3000 }), async (file, size) => {
        const [one, other] = [await keep(file, size), await keep(file, file.length)]
        expect(one.kept.equals(other.kept)).toBe(true)
        expect((await keep(one.kept, size)).kept.equals(one.kept)).toBe(true)
      }),
      { numRuns: 60 },
    ))

  it('is kept without it or refused by name when it was cut short or changed, and is never waited for', () =>
    fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 4 }),
        async (whole, part, changes) => {
          const file = Buffer.from(whole.subarray(0, Math.ceil(whole.length * part)))
          for (const [at, byte] of changes) if (at < file.length) file[at] = byte
          const answer = await keep(file, 100).catch((thrown: unknown) => thrown)
          if (!(answer instanceof FaultList)) {
            expect(answer).toHaveProperty('kept')
            return
          }
          for (const fault of answer.faults) {
            expect(fault).toBeInstanceOf(Fault)
            expect(fault.code).toMatch(/^evidence-(broken|type|empty)$/)
          }
        },
      ),
      { numRuns: 1500 },
    ))

  it('is cut short anywhere: what is kept of it tells nothing', async () => {
    for (const file of files)
      for (let length = 1; length < file.length; length += 3) {
        const found = await keep(file.subarray(0, length), 512).catch((thrown: unknown) => thrown)
        if (!(found instanceof FaultList))
          expect((found as { kept: Buffer }).kept.includes(hidden)).toBe(false)
      }
  })
})

describe('the built product', () => {
  let house: BuiltHouse
  beforeAll(async () => {
    house = await openBuiltHouse([{ name: 'h1', display: '热力', role: 'unit', unit: 'heating' }])
  }, 60_000)
  afterAll(() => house.close())

  it('gives back each file that was sent to an order without what it told', async () => {
    const demand = { category: 'heating', matter: '不热', place: '3号楼', street: '望京街道' }
    const { order } = await house.orderDesk.make(
      { ...demand, contact: { mode: 'none' } },
      { role: 'seat', person: 's1' },
    )
    const unit = await house.signsIn('h1')
    await unit.post(`/api/orders/${order.number}/acts`, { do: 'sign' })
    const form = new FormData()
    const sent = [...files, pdfWith(secret), documentWith(secret, 'xl')]
    for (const [at, file] of sent.entries()) form.append('file', new Blob([file]), `${at}`)
    const path = `${house.url}/api/orders/${order.number}/evidence`
    const headers = { cookie: unit.cookie, origin: house.url }
    const answer = await fetch(path, { method: 'POST', headers, body: form })
    const { evidence } = (await answer.json()) as OrderDetail
    expect(evidence.map(({ name }) => name)).toEqual(sent.map((_, at) => `${at}`))
    for (const [at, { hash }] of evidence.entries()) {
      const kept = Buffer.from(await (await fetch(`${path}/${hash}`, { headers })).arrayBuffer())
      const parts = sent[at]?.subarray(0, 2).toString() === 'PK' ? Object.values(unzipSync(kept)) : [kept]
      for (const part of parts) expect([at, Buffer.from(part).includes(hidden)]).toEqual([at, false])
      expect(createHash('sha256').update(kept).digest('hex')).toBe(hash)
    }
  })
})

it('a type of photo out of which nothing can be taken is no type for evidence', () =>
  expect(evidenceRulesSchema.safeParse({ types: ['image/tiff'] }).success).toBe(false))
