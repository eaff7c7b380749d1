import type { Catalogue } from '../catalogue.ts'
import { type DispatchGround, unitMeant } from './answer.ts'
import { beginningsOf, type DispatchRow, type DispatchRules, rowFor } from './row.ts'

/** What the dispatch catalogue leans on: kinds, units, and the places of the city. */
export type DispatchProofGround = DispatchGround & {
  readonly catalogue: Pick<Catalogue, 'kinds' | 'objects'>
  /** Districts with their streets; a district may have none that is known. */
  readonly places: ReadonlyMap<string, readonly string[]>
}

/** What is wrong with a row, by its number from 0, or with no row: a gap. */
export type DispatchWrong = {
  readonly at?: number | undefined
  readonly column: 'kind' | 'district' | 'street' | 'lead' | 'coUnits' | 'copies' | 'automatic' | 'gap'
  readonly found: string
  readonly expected: string
}

/** So many gaps are named; where a group has none, it has none in three hundred streets. */
const mostGaps = 50

/**
 * All that keeps a dispatch catalogue from being used: kinds, places and units that are not, and gaps: a kind for which in
 * some place, from a day on, nobody would be named. Without any row there is none.
 * @param today as 2026-01-05: what is over is not proved
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
  // Where no place is known nobody can say whose it is.
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

/** Days on which something begins or ends to hold, today first. */
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

/** Kinds and places of which no row is. Only kinds without a row for the whole city are walked street by street. */
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
      // Of one kind one place is enough to look for what is missing.
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

/** The streets that a row is of; a district of which none is known counts as one. */
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
