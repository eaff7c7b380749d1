import { Fault } from './errors.ts'
import type { TableCodes } from './read-xlsx.ts'

type Codes = Pick<TableCodes, 'broken'>

/** Reads CSV as in RFC 4180 with any line endings, and removes the apostrophe that our export puts before formulas. */
export function readCsv(bytes: Uint8Array, place: string, codes: Codes): readonly (readonly string[])[] {
  const text = decodedText(bytes, place, codes).replace(/^\uFEFF/, '')
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  const endCell = () => {
    row.push(/^'\s*[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '\n') line++
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (character === '"' && cell === '') isQuoted = true
    else if (character === ',') endCell()
    else if (character === '\n') endRow()
    else if (character !== '\r') cell += character
  }
  if (isQuoted)
    throw new Fault({
      code: codes.broken,
      place: `${place}:${line}`,
      found: 'a quotation mark that nothing closes',
      expected: 'CSV by RFC 4180',
    })
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** Excel in China saves CSV as GBK, so bytes that are not UTF-8 are read as GBK. */
export function decodedText(bytes: Uint8Array, place: string, codes: Codes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    } catch (error) {
      throw new Fault({
        code: codes.broken,
        place,
        found: 'bytes that are no text',
        expected: 'a text in UTF-8 or GBK',
        cause: error,
      })
    }
  }
}
