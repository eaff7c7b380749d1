import { csvOf, decodedText, excelMark, readCsv as read } from '../../foundation/index.ts'

/** Fault codes for tables that are refused. */
export const tableCodes = { broken: 'knowledge-file', big: 'knowledge-file-big' } as const

/** Reads RFC 4180 with any line endings, and takes off the mark that our own export puts before a formula. */
export const readCsv = (bytes: Uint8Array, place: string) => read(bytes, place, tableCodes)

/** Excel in China saves CSV as GBK, so text that is not UTF-8 is read as GBK. */
export const textOf = (bytes: Uint8Array, place: string) => decodedText(bytes, place, tableCodes)

export const writeCsv = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(excelMark + csvOf(rows))
