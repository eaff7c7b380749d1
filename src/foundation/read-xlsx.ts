import { strFromU8, unzipSync } from 'fflate'
import { Parser } from 'saxen'
import { Fault, type FaultCode, reasonOf } from './errors.ts'

/**
 * Reads the first sheet of an XLSX file (ECMA-376, part 1, 18.3 and 18.4) as text: the displayed value, or the
 * formula itself. Nothing is computed or fetched. We read it ourselves because workbook libraries return a
 * formula's result, or nothing, and unpack whatever a small file claims to hold.
 */

/** A sheet of 20,000 entries takes some 60 MB of XML; a file that unpacks to far more is a zip bomb. */
const mostUnpacked = 200 * 1024 * 1024
const mostColumns = 200

/** The fault codes to use, given by the caller. */
export type TableCodes = { readonly broken: FaultCode; readonly big: FaultCode }
type From = { readonly place: string; readonly codes: TableCodes }

const broken = ({ place, codes }: From, found: string, cause?: unknown) =>
  new Fault({
    code: codes.broken,
    place,
    found,
    expected: 'a workbook as Excel and WPS save it (.xlsx)',
    cause,
  })

/** @param place of the file, for faults. @throws Fault with the given codes */
export function readXlsx(
  bytes: Uint8Array,
  place: string,
  codes: TableCodes,
): readonly (readonly string[])[] {
  const from = { place, codes }
  const parts = partsOf(bytes, from)
  const sheet = firstSheet(parts) ?? parts.get('xl/worksheets/sheet1.xml')
  if (sheet === undefined) throw broken(from, 'no sheet')
  // Absent when the writer put all texts into the cells.
  const strings = parts.get('xl/sharedStrings.xml')
  const shared = strings === undefined ? [] : sharedStrings(strings, from)
  return cellsOf(sheet, shared, from)
}

function partsOf(bytes: Uint8Array, from: From): ReadonlyMap<string, string> {
  let unpacked = 0
  try {
    const files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (
          !/^xl\/(workbook\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/.test(
            name,
          )
        )
          return false
        unpacked += originalSize
        if (unpacked > mostUnpacked)
          throw new Fault({
            code: from.codes.big,
            place: from.place,
            found: `more than ${mostUnpacked / 1024 / 1024} MB unpacked`,
            expected: 'less in one file',
          })
        return true
      },
    })
    return new Map(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]))
  } catch (error) {
    if (error instanceof Fault) throw error
    throw broken(from, `a file that does not unpack (${reasonOf(error)})`, error)
  }
}

type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>> }

/** Walks the elements of an XML text; names come without their prefix. */
function walk(
  xml: string,
  from: From,
  hear: {
    open?(element: Element): void
    close?(name: string): void
    text?(text: string): void
  },
): void {
  const plain = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode) =>
    hear.open?.({
      name: plain(name),
      attributes: Object.fromEntries(
        Object.entries(attributes()).map(([key, value]) => [plain(key), decode(value)]),
      ),
    }),
  )
  parser.on('closeTag', name => hear.close?.(plain(name)))
  parser.on('text', (text, decode) => hear.text?.(decode(text)))
  parser.on('cdata', text => hear.text?.(text))
  parser.on('error', error => {
    throw broken(from, `XML that does not fit (${error.message.slice(0, 80)})`, error)
  })
  parser.parse(xml)
}

/** The first sheet of the workbook, whatever its file is called. */
function firstSheet(parts: ReadonlyMap<string, string>): string | undefined {
  const id = /<(?:\w+:)?sheet\s[^>]*?r:id="([^"]+)"/.exec(parts.get('xl/workbook.xml') ?? '')?.[1]
  const relations = parts.get('xl/_rels/workbook.xml.rels') ?? ''
  for (const [one] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g))
    if (id !== undefined && one.includes(`Id="${id}"`)) {
      const target = /Target="\/?([^"]+)"/.exec(one)?.[1] ?? ''
      return parts.get(target.startsWith('xl/') ? target : `xl/${target}`)
    }
  return undefined
}

function sharedStrings(xml: string, from: From): readonly string[] {
  const strings: string[] = []
  let isText = false
  // Phonetic readings stand beside the text and are not part of it.
  let isPhonetic = false
  walk(xml, from, {
    open({ name }) {
      if (name === 'si') strings.push('')
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    close(name) {
      if (name === 'rPh') isPhonetic = false
      if (name === 't') isText = false
    },
    text(text) {
      if (isText && strings.length > 0) strings[strings.length - 1] += text
    },
  })
  return strings
}

function cellsOf(xml: string, shared: readonly string[], from: From): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let at = { row: 0, column: 0, type: '' }
  let value = ''
  let formula: string | undefined
  let reads: 'value' | 'formula' | undefined
  walk(xml, from, {
    open({ name, attributes }) {
      if (name === 'row') {
        const number = Number(attributes.r ?? rows.length + 1)
        if (!Number.isInteger(number) || number < 1 || number > 1_048_576)
          throw broken(from, `row ${attributes.r}`)
        if (number > 100_001) throw broken(from, 'more than 100,000 rows')
        while (rows.length < number - 1) rows.push([])
        row = []
        at = { row: number, column: -1, type: '' }
      } else if (name === 'c') {
        at = {
          row: at.row,
          column: attributes.r === undefined ? at.column + 1 : columnOf(attributes.r),
          type: attributes.t ?? 'n',
        }
        value = ''
        formula = undefined
      } else if (name === 'v' || name === 't') reads = 'value'
      else if (name === 'f') {
        reads = 'formula'
        formula = ''
      }
    },
    text(text) {
      if (reads === 'value') value += text
      if (reads === 'formula') formula += text
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') reads = undefined
      if (name === 'row') rows[at.row - 1] = row
      if (name !== 'c' || at.column < 0 || at.column >= mostColumns) return
      while (row.length < at.column) row.push('')
      row[at.column] = formula === undefined ? shownAs(at.type, value, shared) : `=${formula}`
    },
  })
  return rows
}

function shownAs(type: string, value: string, shared: readonly string[]): string {
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  return value
}

/** Column index: 0 for A, 26 for AA. */
const columnOf = (reference: string) =>
  [...(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? '')].reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  ) - 1
