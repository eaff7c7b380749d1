import type { Fault } from '../foundation/index.ts'
import { type Catalogue, type CatalogueObject, unitFor } from './catalogue.ts'
import { catalogueFault } from './faults.ts'
import type { WrittenCatalogue } from './read.ts'

/** What the catalogue is checked against: the city's districts, and the units and categories of the order rules. */
export type CatalogueGround = {
  readonly districts: readonly string[]
  readonly units: ReadonlySet<string>
  readonly categories: ReadonlySet<string>
}

/**
 * Checks that every kind has a category and, in every district, a unit; that every category has an object; and that
 * no two objects share a word.
 */
export async function proveCatalogue(
  catalogue: WrittenCatalogue,
  ground: CatalogueGround,
): Promise<readonly Fault[]> {
  const holders = new Map<string, string>()
  const faults: Fault[] = []
  for (const object of catalogue.objects.values()) {
    const wrong = [...wrongBeside(catalogue, object, ground), ...wordsHeld(object, holders)]
    if (wrong.length === 0) continue
    const place = `${await catalogue.placeOf(object.name)} ${object.name}`
    faults.push(...wrong.map(({ found, expected }) => catalogueFault(place, found, expected)))
  }
  const used = new Set([...catalogue.objects.values()].map(({ category }) => category))
  const unused = [...ground.categories].filter(category => !used.has(category))
  return [
    ...faults,
    ...unused.map(category =>
      catalogueFault('catalogue.json', `"${category}", of no object`, 'an object of it'),
    ),
  ]
}

type Wrong = { readonly found: string; readonly expected: string }

function wrongBeside(
  catalogue: Catalogue,
  object: CatalogueObject,
  { districts, units, categories }: CatalogueGround,
): readonly Wrong[] {
  const wrong: Wrong[] = []
  const { name, category, kinds, not } = object
  if (!categories.has(category))
    wrong.push({ found: `"${category}"`, expected: 'a category of catalogue.json' })
  for (const unit of object.units)
    if (!catalogue.units.has(unit))
      wrong.push({ found: `"${unit}"`, expected: 'a unit of catalogue/units.json' })
  for (const district of districts) {
    const unit = unitFor(catalogue, object, district)
    if (unit === undefined) wrong.push({ found: `no unit in ${district}`, expected: 'one in every district' })
    else if (!units.has(unit)) wrong.push({ found: `"${unit}"`, expected: 'a unit of units.json' })
  }
  if (kinds.length === 0) wrong.push({ found: 'no kind', expected: 'at least one' })
  for (const { is } of not)
    if (is === name || !catalogue.objects.has(is))
      wrong.push({ found: `"${is}"`, expected: 'another object' })
  return wrong
}

function wordsHeld({ name, words }: CatalogueObject, holders: Map<string, string>): readonly Wrong[] {
  return words.flatMap(word => {
    const holder = holders.get(word)
    holders.set(word, name)
    return holder === undefined
      ? []
      : [{ found: `"${word}", a word of ${holder}`, expected: 'a word that no other object has' }]
  })
}
