export type Cell = string | number | undefined

/** Byte order mark: Excel recognizes UTF-8 in CSV only by it. */
export const excelMark = '\uFEFF'

/** CSV as in RFC 4180. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map(row => `${row.map(written).join(',')}\r\n`).join('')

function written(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = plain(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet would run such a cell as a formula; a leading apostrophe makes it text (OWASP, CSV injection). */
const plain = (text: string) => (/^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)
