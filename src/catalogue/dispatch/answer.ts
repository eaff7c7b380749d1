import { type DispatchAsked, type DispatchRow, ofDistrict, ofStreet, rowFor } from './row.ts'

/** What of a unit decides whose orders it has: the place that is its own, and who took its work over. */
export type PlacedUnit = {
  readonly id: string
  /** The street or town, or the district, whose unit it is. */
  readonly area?: { readonly district: string; readonly street?: string | undefined } | undefined
  /** The unit that has its work since it was dissolved. */
  readonly successor?: string | undefined
}

/** Whose an order is: exactly one leads; the others work on it beside the lead, or read it. */
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
  /** By the name of the street alone; undefined where two districts have one of that name. */
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

/** What the answer is read against. */
export type DispatchGround = {
  readonly units: ReadonlyMap<string, PlacedUnit>
  readonly territory: Territory
}

/** Whose the work of a unit is by now, however often it was dissolved. */
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

/** Who reads what a unit has: of a street's orders its district (Beijing's regulation of 2021, article 12). */
export function copiesOf({ units, territory }: DispatchGround, unit: string): readonly string[] {
  const area = units.get(unit)?.area
  const district = area?.street === undefined ? undefined : territory.ofDistrict(area.district)
  return district === undefined ? [] : [district]
}

/** Who a row means in a place; undefined where nobody is. What has no street of its own is its district's (article 12). */
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

/** Whose an order is by a row, in a place; undefined where nobody is there who would lead. */
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

/** Whose an order is on a day; undefined where no row is, or nobody is there. */
export function dispatchAnswer(
  ground: DispatchGround,
  rows: readonly DispatchRow[],
  asked: DispatchAsked,
  date: string,
): DispatchAnswer | undefined {
  const row = rowFor(rows, asked, date)
  return row && answerOf(ground, row, asked)
}
