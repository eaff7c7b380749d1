import { readFile } from 'node:fs/promises'
import { Fault, type FaultCode, FaultList, placeInText, readJson, reasonOf } from '../../foundation/index.ts'
import { dispatchFile, type WrittenDispatch } from './file.ts'
import { type DispatchRow, type DispatchRules, rowName, tableOf } from './row.ts'

type Reading = {
  /** The code of every fault. */
  readonly code: FaultCode
}

/**
 * Reads the dispatch catalogue from text. @param name of the file, for faults
 * @throws FaultList with every fault by line and column: values that do not fit, and two rows for the same kind,
 * place and time
 */
export function readDispatch(text: string | undefined, name: string, { code }: Reading): DispatchRules {
  const rules: DispatchRules = readJson(name, text, dispatchFile, { code, whenAbsent: {} })
  const place = (at: number) => placeInText(name, text ?? '', ['rows', at])
  const again = overlapping(rules.rows).map(
    ({ at, first }) =>
      new Fault({
        code,
        place: place(at),
        found: `${named(rules.rows[at])} again`,
        expected: `one owner at a time; the first is at ${place(first)}`,
      }),
  )
  if (again.length > 0) throw new FaultList(again)
  return rules
}

/** As `readDispatch`, for a file; a missing file has no rows. */
export async function readDispatchFile(path: string, reading: Reading): Promise<DispatchRules> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return undefined
    throw new FaultList([
      new Fault({
        ...reading,
        place: path,
        found: `no file that can be read (${reasonOf(error)})`,
        expected: 'a JSON file',
      }),
    ])
  })
  return readDispatch(text?.replace(/^\uFEFF/, ''), path, reading)
}

const named = (row: DispatchRow | undefined) => (row ? rowName(row) : '')

/** Rows that overlap in time with an earlier row for the same kind and place: an order would have two leads. */
export function overlapping(rows: readonly DispatchRow[]) {
  const places = new Map(rows.map((row, at) => [row, at]))
  return [...tableOf(rows).values()]
    .flatMap(same =>
      same.flatMap((row, index) => {
        const first = same.slice(0, index).find(earlier => isTogether(earlier, row))
        return first ? [{ at: places.get(row) ?? 0, first: places.get(first) ?? 0 }] : []
      }),
    )
    .toSorted((one, other) => one.at - other.at)
}

const isTogether = (one: DispatchRow, other: DispatchRow) =>
  (one.from ?? '') <= (other.until ?? '9999-12-31') && (other.from ?? '') <= (one.until ?? '9999-12-31')

/** The form in files: each row with its readable id, without empty fields. */
export const writeDispatch = ({ rows, automatic }: DispatchRules): WrittenDispatch => ({
  automatic: { kinds: { ...automatic.kinds }, share: automatic.share },
  rows: rows.map(row => ({
    id: rowName(row),
    kind: row.kind || undefined,
    district: row.district || undefined,
    street: row.street || undefined,
    lead: row.lead,
    coUnits: row.coUnits.length > 0 ? [...row.coUnits] : undefined,
    copies: row.copies.length > 0 ? [...row.copies] : undefined,
    from: row.from,
    until: row.until,
  })),
})
