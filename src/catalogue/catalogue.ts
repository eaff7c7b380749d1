/** The kinds of what citizens ask for, in four steps: class, group (who answers), object (what one points at), kind. */
export type Catalogue = {
  /** By name: no two objects have the same. */
  readonly objects: ReadonlyMap<string, CatalogueObject>
  /** By code. */
  readonly kinds: ReadonlyMap<string, CatalogueKind>
  readonly units: ReadonlyMap<string, CatalogueUnit>
  /** In a district, who answers in place of a unit. */
  readonly instead: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Codes that were, and the code that holds it now. */
  readonly former: ReadonlyMap<string, string>
}

export type CatalogueUrgency = 'urgent' | 'livelihood' | 'general' | 'complex'

export type CatalogueObject = {
  readonly name: string
  readonly code: string
  readonly class: string
  readonly group: string
  /** Who answers: the first leads. */
  readonly units: readonly string[]
  readonly tag: string
  /** The category by which orders of it are made. */
  readonly category: string
  readonly elder: boolean
  /** How citizens call it, and how they say it. */
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

/** Who gets an order of the object in a district: an id of units.json; undefined where nobody of its units answers. */
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

/** The kind or object that a code means today, however often it was moved. */
export function codeNow({ former }: Pick<Catalogue, 'former'>, code: string): string {
  let now = code
  for (let next = former.get(now); next !== undefined; next = former.get(now)) now = next
  return now
}

/** Every object of which orders are made by a category of order-rules. */
export const objectsOf = (
  { objects }: Pick<Catalogue, 'objects'>,
  category: string,
): readonly CatalogueObject[] => [...objects.values()].filter(object => object.category === category)
