import { strToU8, Zip, ZipDeflate } from 'fflate'
import type { Cell } from './csv.ts'
import { writable } from './text.ts'

/**
 * Writes a workbook (ECMA-376, part 1, 18.3) as a stream: of a hundred thousand rows only a few hundred are in
 * memory, where workbook libraries hold every cell. Text stays text even if it begins like a formula.
 * @param head column names, with the width of each in characters
 * @param rows in batches
 */
export async function* xlsxOf(
  name: string,
  head: readonly (readonly [name: string, width: number])[],
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  const begin = (path: string) => {
    const file = new ZipDeflate(path, { level: 4 })
    zip.add(file)
    return file
  }
  const whole = (path: string, text: string) => begin(path).push(strToU8(xml + text), true)
  const widths = head.map(
    ([, width], at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  )
  const top = `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${rowOf(
    head.map(([column]) => column),
    1,
  )}`

  let sheets = 0
  let count = 0
  let sheet: ZipDeflate | undefined
  const next = () => {
    sheet?.push(strToU8(bottom), true)
    sheet = begin(`xl/worksheets/sheet${++sheets}.xml`)
    sheet.push(strToU8(top))
    count = 0
    return sheet
  }
  let open = next()
  for await (const some of rows) {
    if (count + some.length > mostRows) open = next()
    open.push(strToU8(some.map(row => rowOf(row, 0)).join('')))
    count += some.length
    yield* ready.splice(0)
  }
  open.push(strToU8(bottom), true)
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1)
  whole('xl/workbook.xml', workbookOf(name, numbers))
  whole(
    'xl/_rels/workbook.xml.rels',
    relationsOf([
      ...numbers.map(at => ['worksheet', `worksheets/sheet${at}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
  )
  whole('xl/styles.xml', styles)
  whole('_rels/.rels', relationsOf([['officeDocument', 'xl/workbook.xml']]))
  whole('[Content_Types].xml', typesOf(numbers))
  zip.end()
  yield* ready.splice(0)
}

/** A sheet has at most 1,048,576 rows; further rows go into the next sheet. */
const mostRows = 1_000_000
const longestCell = 32_767

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const bottom = '</sheetData></worksheet>'

const rowOf = (cells: readonly Cell[], style: number) =>
  `<row>${cells.map(one => cellOf(one, style)).join('')}</row>`

function cellOf(cell: Cell, style: number): string {
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c><v>${cell}</v></c>`
  if (cell === undefined || typeof cell === 'number' || cell === '') return '<c/>'
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, longestCell))}</t></is></c>`
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** Drops what XML 1.0 cannot hold, and escapes `_x0041_`, which Excel would decode (18.18, ST_Xstring). */
const escaped = (text: string) =>
  writable(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, sign => signs[sign] ?? sign)

const workbookOf = (name: string, numbers: readonly number[]) =>
  `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers
    .map(
      at =>
        `<sheet name="${escaped(numbers.length === 1 ? name : `${name} ${at}`)}" sheetId="${at}" r:id="rId${at}"/>`,
    )
    .join('')}</sheets></workbook>`

const relationsOf = (targets: readonly (readonly [type: string, target: string])[]) =>
  `<Relationships xmlns="${packages}/relationships">${targets
    .map(
      ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`

const look = 'numFmtId="0" fillId="0" borderId="0"'
const fontOf = (bold: string) => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`
/** Plain, and bold for the head; Excel repairs a workbook that lacks the default fills (18.8.21). */
const styles = `<styleSheet xmlns="${main}"><fonts count="2">${fontOf('')}${fontOf('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf ${look} fontId="0"/></cellStyleXfs><cellXfs count="2"><xf ${look} fontId="0" xfId="0"/><xf ${look} fontId="1" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const typesOf = (numbers: readonly number[]) =>
  `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${numbers
    .map(at => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${types}.worksheet+xml"/>`)
    .join('')}<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`
