import { type DispatchAsked, type DispatchRow, ofDistrict, ofStreet, rowFor } from './row.ts'

/** What of a unit matters for dispatch: its own place, and its successor. */
export type PlacedUnit = {
  readonly id: string
  /** The street, town or district that the unit belongs to. */
  readonly area?: { readonly district: string; readonly street?: string | undefined } | undefined
  /** The unit that took over when this one was dissolved. */
  readonly successor?: string | undefined
}

/** The units of an order: exactly one leads; others work on it with the lead, or get a copy. */
export type DispatchAnswer = {
  readonly lead: string
  readonly coUnits: readonly string[]
  readonly copies: readonly string[]
}

/** The units of districts and streets. */
export type Territory = {
  ofStreet(district: string, street: string): string | undefined
  ofDistrict(district: string): string | undefined
}

export function territoryOf(units: Iterable<PlacedUnit>): Territory {
  const [streets, districts] = [new Map<string, string>(), new Map<string, string>()]
  /** By street name alone; undefined if two districts have a street of that name. */
  const alone = new Map<string, string | undefined>()
  for (const { id, area } of units)
    if (area?.street !== undefined) {
      streets.set(`${area.district}|${area.street}`, id)
      alone.set(area.street, alone.has(area.street) ? undefined : id)
    } else if (area) districts.set(area.district, id)
  return {
    ofStreet: (district, street) =>
      district === '' ? alone.get(street) : streets.get(`${district}|${street}`),
    ofDistrict: district => districts.get(district),
  }
}

/** What rows are resolved against. */
export type DispatchGround = {
  readonly units: ReadonlyMap<string, PlacedUnit>
  readonly territory: Territory
}

/** The present successor of a unit, after any number of dissolutions. */
export function successorOf(units: DispatchGround['units'], id: string): string {
  const seen = new Set([id])
  let now = id
  for (let next = units.get(now)?.successor; next !== undefined; next = units.get(now)?.successor) {
    if (seen.has(next)) return now
    seen.add(next)
    now = next
  }
  return now
}

/** Units that get a copy of a unit's orders: for a street, its district (Beijing's regulation of 2021, article 12). */
export function copiesOf({ units, territory }: DispatchGround, unit: string): readonly string[] {
  const area = units.get(unit)?.area
  const district = area?.street === undefined ? undefined : territory.ofDistrict(area.district)
  return district === undefined ? [] : [district]
}

/**
 * Resolves the unit named in a row for a place; undefined if there is none. A street without a unit belongs to its
 * district (article 12).
 */
export function unitMeant(
  ground: DispatchGround,
  meant: string,
  { district = '', street = '' }: Pick<DispatchAsked, 'district' | 'street'>,
): string | undefined {
  const { units, territory } = ground
  const found =
    meant === ofStreet
      ? (territory.ofStreet(district, street) ?? territory.ofDistrict(district))
      : meant === ofDistrict
        ? territory.ofDistrict(district)
        : meant
  const now = found === undefined ? undefined : successorOf(units, found)
  return now !== undefined && units.has(now) ? now : undefined
}

/** The units by a row, in a place; undefined if no unit there would lead. */
export function answerOf(
  ground: DispatchGround,
  row: DispatchRow,
  place: Pick<DispatchAsked, 'district' | 'street'>,
): DispatchAnswer | undefined {
  const lead = unitMeant(ground, row.lead, place)
  if (lead === undefined) return undefined
  const others = (meant: readonly string[], taken: readonly string[]) => [
    ...new Set(meant.flatMap(one => unitMeant(ground, one, place) ?? []).filter(id => !taken.includes(id))),
  ]
  const coUnits = others(row.coUnits, [lead])
  return { lead, coUnits, copies: others([...row.copies, ...copiesOf(ground, lead)], [lead, ...coUnits]) }
}

/** The units of an order on a day; undefined if no row applies, or no unit is there. */
export function dispatchAnswer(
  ground: DispatchGround,
  rows: readonly DispatchRow[],
  asked: DispatchAsked,
  date: string,
): DispatchAnswer | undefined {
  const row = rowFor(rows, asked, date)
  return row && answerOf(ground, row, asked)
}
