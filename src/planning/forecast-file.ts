import { type Fault, FaultList } from '../foundation/index.ts'
import type { OwnForecast } from './api.ts'
import { planFault } from './faults.ts'
import { clockOf, halfOf } from './half-hour.ts'

type OwnHalfHour = OwnForecast['halfHours'][number]
type Column = keyof OwnHalfHour
type Line = { readonly number: number; readonly cells: readonly string[] }

/** Accepted column names, including those of our own exports, so that an export can be edited and read again. */
const columns: Readonly<Record<string, Column>> = {
  start: 'start',
  时段: 'start',
  calls: 'calls',
  来电: 'calls',
  handlingseconds: 'handlingSeconds',
  '处理时长（秒）': 'handlingSeconds',
  patienceseconds: 'patienceSeconds',
  '耐心（秒）': 'patienceSeconds',
}
/** The half-hours of a day. A file with more lines is not a forecast. */
const mostLines = 48
const bounds = { calls: [0, 20_000], handlingSeconds: [1, 7200], patienceSeconds: [1, 3600] } as const

/**
 * Reads a planner's own forecast from CSV with a header: `start,calls` and, if known, `handlingSeconds` and
 * `patienceSeconds`. Other columns are ignored. Half-hours that are not listed have no calls.
 * @param path of the file, named in faults
 * @throws FaultList with every fault and its line
 */
export function readForecast(text: string, path: string): OwnForecast {
  const [head, ...lines] = linesOf(text)
  const heads = (head?.cells ?? []).map(name => columns[name.toLowerCase()])
  const faults: Fault[] = []
  for (const needed of ['start', 'calls'] as const)
    if (!heads.includes(needed))
      faults.push(
        planFault(`${path}:${head?.number ?? 1}`, `no column ${needed}`, 'a head with start and calls'),
      )
  if (faults.length > 0) throw new FaultList(faults)
  if (lines.length === 0) throw new FaultList([planFault(path, 'a head alone', 'a line for each half-hour')])
  if (lines.length > mostLines)
    throw new FaultList([planFault(path, `${lines.length} lines`, `at most ${mostLines} half-hours`)])

  const found = new Map<number, OwnHalfHour>()
  for (const { number, cells } of lines) {
    const cell = (column: Column) => cells[heads.indexOf(column)] ?? ''
    const refuse = (column: Column, expected: string) =>
      faults.push(planFault(`${path}:${number} ${column}`, cell(column) || 'nothing', expected))
    const amount = (column: Exclude<Column, 'start'>) => {
      const [least, most] = bounds[column]
      const value = Number(cell(column))
      if (cell(column) !== '' && value >= least && value <= most) return value
      if (cell(column) !== '' || column === 'calls') refuse(column, `a number from ${least} to ${most}`)
      return undefined
    }
    const half = halfOf(cell('start'))
    if (half === undefined) refuse('start', 'a half-hour, as 08:30')
    else if (found.has(half)) refuse('start', 'each half-hour once')
    const [calls = 0, handlingSeconds, patienceSeconds] = [
      amount('calls'),
      amount('handlingSeconds'),
      amount('patienceSeconds'),
    ]
    if (half !== undefined) found.set(half, { start: clockOf(half), calls, handlingSeconds, patienceSeconds })
  }
  if (faults.length > 0) throw new FaultList(faults)
  return { halfHours: [...found].toSorted(([one], [other]) => one - other).map(([, halfHour]) => halfHour) }
}

/** Non-empty lines, numbered from 1. Spreadsheets separate by commas, semicolons or tabs, depending on their locale. */
function linesOf(text: string): readonly Line[] {
  const separator = /[\t;,]/.exec(text)?.[0] ?? ','
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({
      number: index + 1,
      cells: line.split(separator).map(cell => cell.trim().replace(/^"(.*)"$/, '$1')),
    }))
    .filter(({ cells }) => cells.some(cell => cell !== ''))
}
