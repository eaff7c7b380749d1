/** The kinds of demands, in four levels: class, group (the units), object (the thing concerned), kind. */
export type Catalogue = {
  /** By name, which is unique. */
  readonly objects: ReadonlyMap<string, CatalogueObject>
  /** By code. */
  readonly kinds: ReadonlyMap<string, CatalogueKind>
  readonly units: ReadonlyMap<string, CatalogueUnit>
  /** By district, the units that answer in place of others. */
  readonly instead: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Former codes, and the codes that replaced them. */
  readonly former: ReadonlyMap<string, string>
}

export type CatalogueUrgency = 'urgent' | 'livelihood' | 'general' | 'complex'

export type CatalogueObject = {
  readonly name: string
  readonly code: string
  readonly class: string
  readonly group: string
  /** The units in words; the first leads. */
  readonly units: readonly string[]
  readonly tag: string
  /** The category of its orders. */
  readonly category: string
  readonly elder: boolean
  /** What citizens call it, and how they put it. */
  readonly words: readonly string[]
  readonly says: readonly string[]
  readonly not: readonly { readonly is: string; readonly ask: string }[]
  readonly form: readonly string[]
  readonly kinds: readonly CatalogueKind[]
}

export type CatalogueKind = {
  readonly code: string
  /** What is wrong, without the object: `停水`. */
  readonly name: string
  readonly object: string
  readonly urgency: CatalogueUrgency
}

export type CatalogueUnit = { readonly id: string; readonly only?: readonly string[] | undefined }

/** `居民供水·停水` */
export const kindName = ({ object, name }: CatalogueKind): string => `${object}·${name}`

/**
 * The unit for an object's orders in a district, as an id of units.json; undefined if none of its units answers
 * there.
 */
export function unitFor(
  catalogue: Pick<Catalogue, 'units' | 'instead'>,
  { units }: Pick<CatalogueObject, 'units'>,
  district: string,
): string | undefined {
  const there = units.map(name => catalogue.instead[district]?.[name] ?? name)
  const found = there
    .map(name => catalogue.units.get(name))
    .find(unit => unit && (unit.only === undefined || unit.only.includes(district)))
  return found?.id
}

/** The present code of a kind or object, after any number of moves. */
export function codeNow({ former }: Pick<Catalogue, 'former'>, code: string): string {
  let now = code
  for (let next = former.get(now); next !== undefined; next = former.get(now)) now = next
  return now
}

/** All objects whose orders have this category of the order rules. */
export const objectsOf = (
  { objects }: Pick<Catalogue, 'objects'>,
  category: string,
): readonly CatalogueObject[] => [...objects.values()].filter(object => object.category === category)
