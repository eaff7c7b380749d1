/** Documents as Word, Excel and programs that write PDF save them, with who wrote them and where. */
import { strToU8, zipSync } from 'fflate'
import { exifWith, jpegSegment, jpegWith, pngChunk, pngWith } from './photos.ts'

export const zipped = (parts: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
      ),
      { level: 6, mtime: new Date('2026-01-05T10:11:12') },
    ),
  )

const kinds = {
  word: ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  xl: ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
} as const
export const documentText = '<w:t>阀门已更换</w:t>'

/** @param more parts beside those that each has */
export function documentWith(
  secret: string,
  kind: keyof typeof kinds = 'word',
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Buffer {
  const [main, type] = kinds[kind]
  const turned = Buffer.concat([Buffer.from('Exif\0\0'), exifWith(secret, 1)])
  const tracked =
    kind === 'word'
      ? `<w:ins w:id="1" w:author='${secret}' w:date="2026-01-05T10:11:12Z"><w:t>新</w:t></w:ins>`
      : ''
  const path = `<x15ac:absPath url="C:\\Users\\${secret}\\" xmlns:x15ac="x"/>`
  return zipped({
    '[Content_Types].xml': `<Types><Override PartName="/${main}" ContentType="${type}.main+xml"/></Types>`,
    '_rels/.rels': '<Relationships/>',
    [main]: `<x>${kind === 'xl' ? path : ''}${tracked}${documentText}</x>`,
    ...(kind === 'xl'
      ? { 'xl/comments1.xml': `<comments><authors><author>${secret}</author></authors></comments>` }
      : {
          'word/comments.xml': `<w:comments><w:comment w:id="0" w:author="${secret}" w:initials="${secret}"><w:t>请核实</w:t></w:comment></w:comments>`,
          'word/people.xml': `<w15:people><w15:person w15:author="${secret}"><w15:presenceInfo w15:providerId="AD" w15:userId="${secret}"/></w15:person></w15:people>`,
        }),
    'docProps/core.xml': `<cp:coreProperties><dc:creator>${secret}</dc:creator></cp:coreProperties>`,
    'docProps/app.xml': `<Properties><Company>${secret}</Company></Properties>`,
    'docProps/custom.xml': `<Properties><property>${secret}</property></Properties>`,
    [`${kind}/media/image1.jpeg`]: jpegWith(jpegSegment(0xe1, turned)),
    [`${kind}/media/image2.png`]: pngWith(pngChunk('eXIf', exifWith(secret, 1))),
    ...more,
  })
}

/** Saved twice, as programs do that add to a file; a picture of a telephone in it. */
export function pdfWith(secret: string, trailer = '/Root 2 0 R /Info 1 0 R'): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), exifWith(secret, 1)])
  const hex = Buffer.from(secret).toString('hex')
  const parts = [
    '%PDF-1.7\n',
    `1 0 obj\n<< /Author (${secret} \\) (pair) ) /Company <${hex}> /Pages 3 >>\nendobj\n`,
    '2 0 obj\n<< /Type /Catalog >>\nendobj\n',
    `4 0 obj\n<< /Title (第一章 chapter) >>\nendobj\n11 0 obj\n<< /T (field) >>\nendobj\n`,
    `5 0 obj\n<< /Type /Metadata >>\nstream\n<?xpacket begin="" id="W5M0"?><x:xmpmeta><dc:creator>${secret}</dc:creator></x:xmpmeta><?xpacket end="w"?>\nendstream\nendobj\n`,
    '6 0 obj\n<< /Filter /DCTDecode >>\nstream\n',
    jpegWith(jpegSegment(0xe1, exif)),
    '\nendstream\nendobj\n',
    `trailer\n<< ${trailer} >>\nstartxref\n9\n%%EOF\n`,
    `1 0 obj\n<< /Author (${secret}) >>\nendobj\ntrailer\n<< ${trailer} /Prev 9 >>\n%%EOF\n`,
  ]
  return Buffer.concat(parts.map(part => Buffer.from(part)))
}
