/**
 * A row of the dispatch catalogue (派单目录): of which kinds, where, and from when on, whose an order is.
 *
 * A unit is an id of units.json, or `@street` or `@district`: the unit of the street or the district that the order names.
 */
export type DispatchRow = {
  /** The beginning of a code: a class, a group, an object, or one kind; empty for all kinds. */
  readonly kind: string
  /** Empty for all of them. */
  readonly district: string
  readonly street: string
  readonly lead: string
  /** Who works on it beside the lead, from the start. */
  readonly coUnits: readonly string[]
  /** Who reads it, and has no task in it. */
  readonly copies: readonly string[]
  /** The first and the last day on which it holds, as 2026-01-05; without end where absent. */
  readonly from?: string | undefined
  readonly until?: string | undefined
}

export const ofStreet = '@street'
export const ofDistrict = '@district'

/** Of what triage is sure goes by itself, where a city has switched that on for its kind. */
export type AutomaticRules = {
  /** By the beginning of a code, how sure triage has to be, 0 to 1: the longest beginning counts. */
  readonly kinds: Readonly<Record<string, number>>
  /** Which share of those that went by themselves a dispatcher looks at afterwards, 0 to 1. */
  readonly share: number
}

/** The dispatch catalogue. Where it has no row at all, the kinds themselves say who answers. */
export type DispatchRules = {
  readonly rows: readonly DispatchRow[]
  readonly automatic: AutomaticRules
}

export const noDispatchRules: DispatchRules = { rows: [], automatic: { kinds: {}, share: 0.05 } }

/** As people speak of a row, and by which it is told from others: `0101 朝阳区 望京街道 2026-01-05`. */
export const rowName = ({ kind, district, street, from }: DispatchRow): string =>
  [kind || '*', district, street, from].filter(Boolean).join(' ')

/** Where an order is, and what it is about. */
export type DispatchAsked = {
  readonly kind: string
  readonly district?: string | undefined
  readonly street?: string | undefined
}

/** Every beginning of a code, the whole first, none last. */
export const beginningsOf = (code: string): readonly string[] =>
  [8, 6, 4, 2, 0].filter(length => length <= code.length).map(length => code.slice(0, length))

export const isOn = ({ from = '', until }: DispatchRow, date: string): boolean =>
  from <= date && (until === undefined || date <= until)

export const keyOf = (kind: string, district: string, street: string) => `${kind}|${district}|${street}`

const tables = new WeakMap<readonly DispatchRow[], ReadonlyMap<string, readonly DispatchRow[]>>()

/** Rows by kind and place; made once of each list. */
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
 * The row that holds on a day: of what it is about first, then of where it is, the nearest; so that a row for one kind in
 * the whole city comes before one for all kinds in a street.
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
