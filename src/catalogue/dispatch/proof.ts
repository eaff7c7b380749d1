import type { Catalogue } from '../catalogue.ts'
import { type DispatchGround, unitMeant } from './answer.ts'
import { beginningsOf, type DispatchRow, type DispatchRules, rowFor } from './row.ts'

/** What the dispatch catalogue is checked against: kinds, units, and the city's places. */
export type DispatchProofGround = DispatchGround & {
  readonly catalogue: Pick<Catalogue, 'kinds' | 'objects'>
  /** Districts with their streets; a district may have no known streets. */
  readonly places: ReadonlyMap<string, readonly string[]>
}

/** A fault in a row, by its index, or a gap, without one. */
export type DispatchWrong = {
  readonly at?: number | undefined
  readonly column: 'kind' | 'district' | 'street' | 'lead' | 'coUnits' | 'copies' | 'automatic' | 'gap'
  readonly found: string
  readonly expected: string
}

/** The most gaps to list: a group without rows has a gap in each of three hundred streets. */
const mostGaps = 50

/**
 * Everything that keeps a dispatch catalogue from being published: unknown kinds, places and units, and gaps, where
 * from some day on no unit is named for a kind in a place. An empty catalogue has no gaps.
 * @param today for example 2026-01-05; what is over is not checked
 */
export function proveDispatch(
  rules: DispatchRules,
  ground: DispatchProofGround,
  today: string,
): readonly DispatchWrong[] {
  const codes = new Set([...ground.catalogue.kinds.keys()].flatMap(beginningsOf))
  const wrong = rules.rows.flatMap((row, at) => wrongIn(row, ground, codes).map(one => ({ ...one, at })))
  const strange = Object.keys(rules.automatic.kinds)
    .filter(code => !codes.has(code))
    .map(
      code =>
        ({
          column: 'automatic',
          found: `"${code}"`,
          expected: 'the beginning of a code of the catalogue',
        }) as const,
    )
  return [...wrong, ...strange, ...(wrong.length > 0 ? [] : gapsIn(rules, ground, today))]
}

function wrongIn(
  row: DispatchRow,
  ground: DispatchProofGround,
  codes: ReadonlySet<string>,
): readonly DispatchWrong[] {
  const { units, places } = ground
  const { kind, district, street } = row
  const wrong: DispatchWrong[] = []
  const streets = places.get(district)
  const isUnknown = (unit: string) => !unit.startsWith('@') && !units.has(unit)
  if (!codes.has(kind))
    wrong.push({ column: 'kind', found: `"${kind}"`, expected: 'the beginning of a code of the catalogue' })
  if (district !== '' && streets === undefined)
    wrong.push({
      column: 'district',
      found: `"${district}"`,
      expected: `one of ${[...places.keys()].join(', ')}`,
    })
  else if (street !== '' && streets && streets.length > 0 && !streets.includes(street))
    wrong.push({ column: 'street', found: `"${street}"`, expected: `a street of ${district}` })
  for (const [column, named] of [
    ['lead', [row.lead]],
    ['coUnits', row.coUnits],
    ['copies', row.copies],
  ] as const)
    for (const unit of named.filter(isUnknown))
      wrong.push({ column, found: `"${unit}"`, expected: 'a unit of units.json' })
  // Without known places, it cannot be told who answers there.
  const nobody =
    places.size > 0 && wrong.length === 0 && row.lead.startsWith('@')
      ? placesOf(places, row).find(place => unitMeant(ground, row.lead, place) === undefined)
      : undefined
  if (nobody)
    wrong.push({
      column: 'lead',
      found: `${row.lead}, and nobody in ${nobody.district}${nobody.street ?? ''}`,
      expected: 'a unit whose place it is',
    })
  return wrong
}

/** Today, and all later days on which a row begins or ends. */
const turnsOf = (rows: readonly DispatchRow[], today: string): readonly string[] => [
  today,
  ...new Set(
    rows
      .flatMap(({ from = '', until }) => [from, until === undefined ? '' : dayAfter(until)])
      .filter(day => day > today)
      .toSorted(),
  ),
]

const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** Kinds and places without a row. Only kinds that lack a row for the whole city are checked street by street. */
function gapsIn(
  { rows }: DispatchRules,
  { catalogue, places }: DispatchProofGround,
  today: string,
): readonly DispatchWrong[] {
  if (rows.length === 0) return []
  const gaps: DispatchWrong[] = []
  for (const day of turnsOf(rows, today))
    for (const { code, object, name } of catalogue.kinds.values()) {
      if (rowFor(rows, { kind: code }, day)) continue
      // One place per kind is enough to show what is missing.
      const place = placesOf(places, {}).find(one => !rowFor(rows, { kind: code, ...one }, day))
      if (!place) continue
      gaps.push({
        column: 'gap',
        found: `nobody for ${code} ${object}·${name} in ${place.district}${place.street ?? ''} on ${day}`,
        expected: 'one unit that leads, everywhere and on every day',
      })
      if (gaps.length >= mostGaps) return gaps
    }
  return gaps
}

type Place = { readonly district: string; readonly street?: string }

/** The streets that a row applies to; a district without known streets counts as one place. */
function placesOf(
  places: DispatchProofGround['places'],
  { district = '', street = '' }: Partial<Pick<DispatchRow, 'district' | 'street'>>,
): readonly Place[] {
  if (street !== '') return [{ district, street }]
  const within = [...places].filter(([name]) => district === '' || name === district)
  const all = within.flatMap(([name, streets]): readonly Place[] =>
    streets.length === 0 ? [{ district: name }] : streets.map(one => ({ district: name, street: one })),
  )
  return all.length === 0 ? [{ district }] : all
}
