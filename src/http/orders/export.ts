import type { z } from 'zod'
import { type Cell, csvOf, excelMark, xlsxOf } from '../../foundation/index.ts'
import type { OrderSummary } from '../../orders/api.ts'
import { masksNumbers, type OrderRules } from '../../orders/index.ts'
import type { orderFileParamsSchema } from '../../orders/listing/api.ts'
import {
  lightWords,
  stageWords,
  typeWords,
  undecidedWords,
  urgencyWords,
  fileWords as w,
} from '../words/orders.ts'
import type { Language, Words } from '../words/words.ts'

export type FileSaid = {
  readonly language: Language
  readonly timeZone: string
  readonly rules: Pick<OrderRules, 'units' | 'categories' | 'grounds'>
}

export type Column<Row> = readonly [head: Words, width: number, cell: (row: Row, said: FileSaid) => Cell]

/** Masks numbers even in the citizen's words, because the file leaves the system. */
const masked = masksNumbers([])

/** The columns of an order list as a file; it holds no telephone numbers. */
const columns: readonly Column<OrderSummary>[] = [
  [w.number, 16, ({ number }) => number],
  [w.stage, 10, ({ stage }, { language }) => stageWords[stage][language]],
  [w.light, 8, ({ light, stage }, { language }) => (stage === 'closed' ? '' : lightWords[light][language])],
  [w.type, 10, ({ type }, { language }) => type && typeWords[type][language]],
  [w.kind, 28, ({ kindName, category }, said) => kindName ?? categoryName(category, said)],
  [w.category, 16, ({ category }, said) => categoryName(category, said)],
  [w.urgency, 10, ({ urgency }, { language }) => urgencyWords[urgency][language]],
  [w.matter, 60, ({ matter }) => masked(matter)],
  [w.district, 10, ({ district }) => district],
  [w.street, 14, ({ street }) => street],
  [w.place, 24, ({ place }) => masked(place)],
  [
    w.unit,
    18,
    ({ unit, stage }, { rules, language }) =>
      stage === 'undispatched' ? stageWords[stage][language] : (rules.units.get(unit)?.name ?? unit),
  ],
  [w.rangAt, 19, ({ rangAtMs }, said) => timeIn(said, rangAtMs)],
  [w.dueAt, 19, ({ dueAtMs }, said) => (dueAtMs === undefined ? '' : timeIn(said, dueAtMs))],
  [w.changedAt, 19, ({ changedAtMs }, said) => timeIn(said, changedAtMs)],
  [w.cycle, 8, ({ cycle }) => cycle],
  [w.elder, 8, ({ elder }, { language }) => (elder ? w.yes : w.no)[language]],
  [w.confidential, 8, ({ confidential }, { language }) => (confidential ? w.yes : w.no)[language]],
]

const categoryName = (id: string, { rules, language }: FileSaid): string => {
  const found = rules.categories.get(id)
  return (language === 'en' ? found?.english : found?.name) ?? (id || undecidedWords[language])
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** City time as 2026-01-05 10:00; the Swedish locale formats dates as ISO 8601 does. */
export function timeIn({ timeZone }: FileSaid, atMs: number): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  formats.set(timeZone, format)
  return format.format(atMs)
}

export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A list of orders as a file, written page by page. */
export const orderFile = (format: Format, pages: AsyncIterable<readonly OrderSummary[]>, said: FileSaid) =>
  fileOf(format, w.list, columns, pages, said)

type Format = z.output<typeof orderFileParamsSchema>['format']

/** Rows as a file, in words. @param columns head, width in characters, and cell of each column */
export async function* fileOf<Row>(
  format: Format,
  name: Words,
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  said: FileSaid,
): AsyncGenerator<Uint8Array | string> {
  const head = columns.map(([words, width]) => [words[said.language], width] as const)
  const rowsOf = (rows: readonly Row[]) => rows.map(row => columns.map(([, , cell]) => cell(row, said)))
  if (format === 'xlsx') {
    yield* xlsxOf(name[said.language], head, mapped(pages, rowsOf))
    return
  }
  yield excelMark + csvOf([head.map(([name]) => name)])
  for await (const rows of pages) yield csvOf(rowsOf(rows))
}

async function* mapped<From, To>(all: AsyncIterable<From>, as: (one: From) => To): AsyncGenerator<To> {
  for await (const one of all) yield as(one)
}
