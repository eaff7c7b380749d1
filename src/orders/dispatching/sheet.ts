import {
  type Catalogue,
  type DispatchRow,
  type DispatchRules,
  kindName,
  overlapping,
  rowName,
} from '../../catalogue/index.ts'
import { type Cell, Fault, FaultList, readCsv, readXlsx } from '../../foundation/index.ts'
import type { OrderRules } from '../rules.ts'
import { wrongInDispatch } from './dispatch-subject.ts'

/** The dispatch catalogue as an editable table: one line per row, units by name. */

type Field = 'kind' | 'name' | 'district' | 'street' | 'lead' | 'coUnits' | 'copies' | 'from' | 'until'
export type SheetLanguage = 'zh-CN' | 'en'

const heads: Readonly<Record<Field, Readonly<Record<SheetLanguage, string>> & { readonly width: number }>> = {
  kind: { 'zh-CN': '事项代码', en: 'Code', width: 11 },
  name: { 'zh-CN': '事项', en: 'Kind', width: 28 },
  district: { 'zh-CN': '区', en: 'District', width: 12 },
  street: { 'zh-CN': '街道', en: 'Street', width: 16 },
  lead: { 'zh-CN': '主办单位', en: 'Lead', width: 24 },
  coUnits: { 'zh-CN': '协办单位', en: 'Co-units', width: 30 },
  copies: { 'zh-CN': '抄送', en: 'Copies', width: 24 },
  from: { 'zh-CN': '起', en: 'From', width: 12 },
  until: { 'zh-CN': '止', en: 'Until', width: 12 },
}
const fields = Object.keys(heads) as readonly Field[]
const needed = fields.filter(field => field !== 'name')
const meant: Readonly<Record<string, Readonly<Record<SheetLanguage, string>>>> = {
  '@street': { 'zh-CN': '属地街道', en: 'The street’s own' },
  '@district': { 'zh-CN': '属地区', en: 'The district’s own' },
}

export const dispatchHead = (language: SheetLanguage): readonly (readonly [string, number])[] =>
  fields.map(field => [heads[field][language], heads[field].width])

type Ground = {
  readonly rules: Pick<OrderRules, 'units' | 'territory'>
  readonly catalogue: Pick<Catalogue, 'kinds' | 'objects'>
}

/** The name for the beginning of a code: a kind, an object, a group or a class. */
function codeName({ kinds, objects }: Ground['catalogue'], code: string): string {
  const kind = kinds.get(code)
  if (kind) return kindName(kind)
  const object = [...objects.values()].find(one => one.kinds.some(own => own.code.startsWith(code)))
  if (!object || code === '') return ''
  return code.length === 6 ? object.name : code.length === 4 ? object.group : object.class
}

export function dispatchCells(
  rows: readonly DispatchRow[],
  { rules, catalogue }: Ground,
  language: SheetLanguage,
): readonly (readonly Cell[])[] {
  const unit = (id: string) => meant[id]?.[language] ?? rules.units.get(id)?.name ?? id
  return rows.map(({ kind, district, street, lead, coUnits, copies, from, until }) => [
    kind,
    codeName(catalogue, kind),
    district,
    street,
    unit(lead),
    coUnits.map(unit).join('、'),
    copies.map(unit).join('、'),
    from ?? '',
    until ?? '',
  ])
}

const codes = { broken: 'dispatch-table', big: 'dispatch-table' } as const
const fault = (place: string, found: string, expected: string) =>
  new Fault({ code: 'dispatch-table', place, found, expected })
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const mostFaults = 100

/**
 * Reads the rows of a CSV or XLSX file, with column names in either language; formulas are read as text.
 * @param date from which the table is to apply
 * @throws FaultList with every fault by file, row and column: missing or unknown columns, unknown units, invalid
 * codes, places and days, two leads at once, and gaps
 */
export function readDispatchTable(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  automatic: DispatchRules['automatic'],
  ground: Ground & { readonly places: ReadonlyMap<string, readonly string[]> },
  date: string,
): DispatchRules {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const [head = [], ...lines] = isZip ? readXlsx(bytes, name, codes) : readCsv(bytes, name, codes)
  const columns = columnsOf(head, name)
  const place = (line: number, field: Field) => `${name}:${line + 2}:${letters[columns.get(field) ?? 0]}`
  const byName = unitsByName(ground.rules)
  const faults: Fault[] = []
  /** The line of each row; empty lines are skipped. */
  const lineOf: number[] = []
  const rows = lines.flatMap((cells, line): readonly DispatchRow[] => {
    const text = (field: Field) => (cells[columns.get(field) ?? -1] ?? '').trim()
    if (needed.every(field => text(field) === '')) return []
    const unit = (field: Field, said: string) => {
      const id = byName.get(said)
      if (id === undefined) faults.push(fault(place(line, field), `"${said}"`, 'a unit of units.json'))
      return id ?? said
    }
    const units = (field: Field) => listed(text(field)).map(said => unit(field, said))
    const day = (field: 'from' | 'until') => {
      const found = dayOf(text(field))
      if (found === null) faults.push(fault(place(line, field), `"${text(field)}"`, 'a day, as 2026-01-05'))
      return found ?? undefined
    }
    if (!/^(\d\d){0,4}$/.test(text('kind')))
      faults.push(fault(place(line, 'kind'), `"${text('kind')}"`, codeExpected))
    if (text('street') !== '' && text('district') === '')
      faults.push(fault(place(line, 'district'), 'nothing', 'the district of the street'))
    lineOf.push(line)
    const [from, until] = [day('from'), day('until')]
    if (from !== undefined && until !== undefined && until < from)
      faults.push(fault(place(line, 'until'), `"${until}"`, 'a day that is not before the first'))
    return [
      {
        kind: text('kind'),
        district: text('district'),
        street: text('street'),
        lead: text('lead') === '' ? noUnit(place(line, 'lead')) : unit('lead', text('lead')),
        coUnits: units('coUnits'),
        copies: units('copies'),
        from,
        until,
      },
    ]
  })
  function noUnit(at: string): string {
    faults.push(fault(at, 'nothing', 'a unit'))
    return ''
  }
  if (faults.length > 0) throw new FaultList(faults.slice(0, mostFaults))
  const rules = { rows, automatic }
  const lineAt = (at: number | undefined) => lineOf[at ?? 0] ?? 0
  const wrong = [
    ...overlapping(rows).map(({ at, first }) => {
      const row = rows[at]
      return fault(
        place(lineAt(at), 'lead'),
        `${row ? rowName(row) : ''} again`,
        `one owner at a time; the first is at ${place(lineAt(first), 'lead')}`,
      )
    }),
    ...wrongInDispatch(rules, ground.rules, ground, date).map(({ at, column, found, expected }) =>
      fault(
        at === undefined || column === 'gap' || column === 'automatic' ? name : place(lineAt(at), column),
        found,
        expected,
      ),
    ),
  ]
  if (wrong.length > 0) throw new FaultList(wrong.slice(0, mostFaults))
  return rules
}

const codeExpected = '2, 4, 6 or 8 digits: the beginning of a code; nothing for all kinds'

/**
 * Positions of the columns, by name in either language. @throws FaultList naming missing, unknown and repeated
 * columns
 */
function columnsOf(head: readonly string[], name: string): ReadonlyMap<Field, number> {
  const columns = new Map<Field, number>()
  const faults: Fault[] = []
  for (const [at, written] of head.entries()) {
    const said = written.trim()
    const field = fields.find(one => heads[one]['zh-CN'] === said || heads[one].en === said)
    const place = `${name}:1:${letters[at] ?? at + 1}`
    if (field === undefined && said !== '')
      faults.push(fault(place, `column "${said}"`, `columns ${headSaid}`))
    else if (field !== undefined && columns.has(field))
      faults.push(fault(place, `column "${said}" again`, `columns ${headSaid}`))
    else if (field !== undefined) columns.set(field, at)
  }
  for (const field of needed.filter(one => !columns.has(one)))
    faults.push(fault(`${name}:1`, `no column "${heads[field]['zh-CN']}"`, `columns ${headSaid}`))
  if (faults.length > 0) throw new FaultList(faults)
  return columns
}

const headSaid = fields.map(field => heads[field]['zh-CN']).join('、')

function unitsByName({ units }: Ground['rules']): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(meant).flatMap(([id, said]) =>
      [id, ...Object.values(said)].map(one => [one, id] as const),
    ),
    ...[...units.values()].flatMap(({ id, name }) => [[name, id] as const, [id, id] as const]),
  ])
}

const listed = (text: string) =>
  text
    .split(/[、,，;；\n]+/)
    .map(one => one.trim())
    .filter(Boolean)

const dayMs = 86_400_000
/** Excel counts days from 1899-12-30. @returns undefined for an empty cell, null for an invalid day */
function dayOf(text: string): string | undefined | null {
  if (text === '') return undefined
  const serial = /^\d{5}$/.test(text) ? Number(text) : undefined
  const written = serial === undefined ? text.replaceAll(/[/.年月]/g, '-').replace('日', '') : undefined
  const [year = '', month = '', day = ''] = written?.split('-') ?? []
  const atMs =
    serial === undefined
      ? Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00Z`)
      : Date.UTC(1899, 11, 30) + serial * dayMs
  if (Number.isNaN(atMs)) return null
  const found = new Date(atMs).toISOString().slice(0, 10)
  return serial !== undefined || Number(day) === Number(found.slice(8)) ? found : null
}
