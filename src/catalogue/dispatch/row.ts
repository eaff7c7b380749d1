/**
 * A row of the dispatch catalogue (派单目录): the lead for some kinds, in a place, from a day on.
 *
 * A unit is an id of units.json, or `@street` or `@district` for the unit of the order's street or district.
 */
export type DispatchRow = {
  /** The beginning of a code: a class, group, object or kind; empty for all kinds. */
  readonly kind: string
  /** Empty for all places. */
  readonly district: string
  readonly street: string
  readonly lead: string
  /** Units that work on it with the lead from the start. */
  readonly coUnits: readonly string[]
  /** Units that get a copy, without a task. */
  readonly copies: readonly string[]
  /** The first and last day of validity, for example 2026-01-05; unlimited when absent. */
  readonly from?: string | undefined
  readonly until?: string | undefined
}

export const ofStreet = '@street'
export const ofDistrict = '@district'

/** What may be dispatched automatically when triage is sure. */
export type AutomaticRules = {
  /** How sure triage must be, 0 to 1, by the beginning of a code; the longest match counts. */
  readonly kinds: Readonly<Record<string, number>>
  /** The share of automatic dispatches that a dispatcher reviews, 0 to 1. */
  readonly share: number
}

/** The dispatch catalogue. Without any rows, each kind's own units apply. */
export type DispatchRules = {
  readonly rows: readonly DispatchRow[]
  readonly automatic: AutomaticRules
}

export const noDispatchRules: DispatchRules = { rows: [], automatic: { kinds: {}, share: 0.05 } }

/** The readable id of a row, which is unique: `0101 朝阳区 望京街道 2026-01-05`. */
export const rowName = ({ kind, district, street, from }: DispatchRow): string =>
  [kind || '*', district, street, from].filter(Boolean).join(' ')

/** The subject and place of an order. */
export type DispatchAsked = {
  readonly kind: string
  readonly district?: string | undefined
  readonly street?: string | undefined
}

/** All beginnings of a code, from the whole code to the empty one. */
export const beginningsOf = (code: string): readonly string[] =>
  [8, 6, 4, 2, 0].filter(length => length <= code.length).map(length => code.slice(0, length))

export const isOn = ({ from = '', until }: DispatchRow, date: string): boolean =>
  from <= date && (until === undefined || date <= until)

export const keyOf = (kind: string, district: string, street: string) => `${kind}|${district}|${street}`

const tables = new WeakMap<readonly DispatchRow[], ReadonlyMap<string, readonly DispatchRow[]>>()

/** Rows by kind and place; built once per list. */
export function tableOf(rows: readonly DispatchRow[]): ReadonlyMap<string, readonly DispatchRow[]> {
  const made = tables.get(rows)
  if (made) return made
  const table = new Map<string, DispatchRow[]>()
  for (const row of rows) {
    const key = keyOf(row.kind, row.district, row.street)
    const there = table.get(key)
    if (there) there.push(row)
    else table.set(key, [row])
  }
  tables.set(rows, table)
  return table
}

/**
 * The row that applies on a day: the longest code first, then the nearest place, so that a row for one kind in the
 * whole city takes precedence over one for all kinds in a street.
 */
export function rowFor(
  rows: readonly DispatchRow[],
  { kind, district = '', street = '' }: DispatchAsked,
  date: string,
): DispatchRow | undefined {
  const table = tableOf(rows)
  for (const beginning of beginningsOf(kind))
    for (const [there, within] of [
      [district, street],
      [district, ''],
      ['', ''],
    ] as const) {
      const found = table.get(keyOf(beginning, there, within))?.find(row => isOn(row, date))
      if (found) return found
    }
  return undefined
}
