export type Cell = string | number | undefined

/** Excel takes UTF-8 for what it is by this mark alone. */
export const excelMark = '\uFEFF'

/** By RFC 4180. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map(row => `${row.map(written).join(',')}\r\n`).join('')

function written(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = plain(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet would run what begins so as a formula: an apostrophe makes it text (OWASP, CSV injection). */
const plain = (text: string) => (/^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)
