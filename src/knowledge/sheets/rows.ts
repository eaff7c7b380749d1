import { Fault } from '../../foundation/index.ts'
import { type KnowledgeContent, type KnowledgeRowFault, knowledgeContentSchema } from '../api.ts'
import { type ContentField, contentFields, faultsOfContent, type KnowledgeGround } from '../entry.ts'
import { columns, fieldOfColumn, listFields, neededFields, type SheetRow } from './columns.ts'

/** The entry in a row, or all its faults by column. */
export type ReadRow =
  | { readonly row: number; readonly content: KnowledgeContent }
  | { readonly row: number; readonly faults: readonly KnowledgeRowFault[] }

/**
 * Rows of a table by its head.
 * @param place the file's name
 * @throws Fault `knowledge-file` when the head is wrong
 */
export function rowsByHead(table: readonly (readonly string[])[], place: string): readonly SheetRow[] {
  const [head = [], ...lines] = table
  const fields = head.map(fieldOfColumn)
  const missing = neededFields.filter(field => !fields.includes(field))
  if (missing.length > 0)
    throw new Fault({
      code: 'knowledge-file',
      place: `${place}:1`,
      found:
        head
          .filter(name => name !== '')
          .join(', ')
          .slice(0, 200) || 'no head',
      expected: `a head with ${missing.map(field => columns[field]).join(', ')}`,
    })
  const twice = fields.find((field, at) => field !== undefined && fields.indexOf(field) !== at)
  if (twice)
    throw new Fault({
      code: 'knowledge-file',
      place: `${place}:1`,
      found: `${columns[twice]} twice`,
      expected: 'each column once',
    })
  return lines.flatMap((line, at) => {
    if (line.every(cell => cell.trim() === '')) return []
    const cells: Partial<Record<ContentField, string>> = {}
    for (const [column, field] of fields.entries())
      if (field !== undefined) cells[field] = (line[column] ?? '').trim()
    return [{ row: at + 2, cells }]
  })
}

/** Takes the first row of each question; a later one is a fault. */
export function readRows(
  rows: readonly SheetRow[],
  ground: KnowledgeGround,
  nowMs: number,
  askedOf: (content: KnowledgeContent) => string,
): readonly ReadRow[] {
  const asked = new Map<string, number>()
  return rows.map(({ row, cells }): ReadRow => {
    const content = knowledgeContentSchema.safeParse(contentOf(cells))
    if (!content.success) {
      const faults = new Map(
        content.error.issues.map(({ path, message }) => {
          const field = path[0] as ContentField
          return [field, faultAt(row, field, shown(cells[field]), message)]
        }),
      )
      return { row, faults: [...faults.values()] }
    }
    const wrong = faultsOfContent(content.data, ground, nowMs)
    if (wrong.length > 0)
      return {
        row,
        faults: wrong.map(({ field, found, expected }) =>
          faultAt(row, field as ContentField, found, expected),
        ),
      }
    const key = askedOf(content.data)
    const before = asked.get(key)
    asked.set(key, before ?? row)
    if (before !== undefined)
      return {
        row,
        faults: [faultAt(row, 'question', `the question of row ${before}`, 'each question once')],
      }
    return { row, content: content.data }
  })
}

function contentOf(cells: SheetRow['cells']): object {
  return Object.fromEntries(
    contentFields.flatMap((field): (readonly [string, unknown])[] => {
      const text = cells[field]
      if (listFields.includes(field)) return [[field, listIn(text ?? '')]]
      if (text === undefined || text === '') return []
      return [[field, field === 'validFrom' || field === 'validUntil' ? dayIn(text) : text]]
    }),
  )
}

export const listIn = (text: string): readonly string[] =>
  text.split(/[\n；;]/).flatMap(one => one.trim() || [])

const dayMs = 24 * 3_600_000

/** Dates as tables write them: 2026/1/5, 2026年1月5日, and Excel's count of days since 1899-12-30. */
function dayIn(text: string): string {
  if (/^\d{5}(\.0+)?$/.test(text))
    return new Date(Date.UTC(1899, 11, 30) + Number(text) * dayMs).toISOString().slice(0, 10)
  const [, year, month = '', date = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00.*)?$/.exec(text) ?? []
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

const faultAt = (row: number, field: ContentField, found: string, expected: string): KnowledgeRowFault => ({
  row,
  column: columns[field] ?? field,
  found,
  expected,
})

const shown = (cell = '') => (cell === '' ? 'nothing' : JSON.stringify([...cell].slice(0, 40).join('')))
