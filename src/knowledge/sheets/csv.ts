import { csvOf, decodedText, excelMark, readCsv as read } from '../../foundation/index.ts'

/** What is refused of a table. */
export const tableCodes = { broken: 'knowledge-file', big: 'knowledge-file-big' } as const

/** By RFC 4180, with lines of any ending; what our own export put before a formula is taken off. */
export const readCsv = (bytes: Uint8Array, place: string) => read(bytes, place, tableCodes)

/** Excel in China saves CSV as GBK; whatever is no UTF-8 is taken for it. */
export const textOf = (bytes: Uint8Array, place: string) => decodedText(bytes, place, tableCodes)

export const writeCsv = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(excelMark + csvOf(rows))
