import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { allOf, type Fault, FaultList, placeInJson, readJsonFile, reasonOf } from '../foundation/index.ts'
import type { Catalogue, CatalogueObject } from './catalogue.ts'
import { catalogueFault } from './faults.ts'
import { classFile, formerFile, unitsFile } from './file.ts'

/** A catalogue, and where in its files each thing stands. */
export type WrittenCatalogue = Catalogue & {
  /** `file:line:column` of an object by its name. */
  placeOf(object: string): Promise<string>
}

type Stand = readonly string[]
type ClassFile = { readonly path: string; readonly content: z.output<typeof classFile> }
type Stated = { readonly object: CatalogueObject; readonly path: string; readonly at: Stand }

const code = 'catalogue-invalid'
const own = ['units.json', 'former.json']

/**
 * Reads a folder of `units.json`, `former.json` and a file for each class.
 * @throws FaultList with every fault by file and line: what does not fit, a code or a name twice, codes moved in a circle
 */
export async function readCatalogue(directory: string): Promise<WrittenCatalogue> {
  const names = await readdir(directory).catch((error: unknown) => {
    const found = `no folder that can be read (${reasonOf(error)})`
    throw new FaultList([catalogueFault(directory, found, 'a folder with a file for each class')])
  })
  const paths = names
    .filter(name => name.endsWith('.json') && !own.includes(name))
    .toSorted()
    .map(name => join(directory, name))
  const formerPath = join(directory, 'former.json')
  const [units, { former }, ...classes] = await allOf([
    readJsonFile(join(directory, 'units.json'), unitsFile, { code }),
    readJsonFile(formerPath, formerFile, { code, whenAbsent: {} }),
    ...paths.map(
      async (path): Promise<ClassFile> => ({ path, content: await readJsonFile(path, classFile, { code }) }),
    ),
  ])
  const stated = classes.flatMap(statedIn)
  const catalogue: Catalogue = {
    objects: new Map(stated.map(({ object }) => [object.name, object])),
    kinds: new Map(stated.flatMap(({ object }) => object.kinds.map(kind => [kind.code, kind]))),
    units: new Map(Object.entries(units.units)),
    instead: units.instead,
    former: new Map(Object.entries(former)),
  }
  const wrong = await Promise.all([...twiceIn(classes, stated), ...movedWrongly(catalogue, formerPath)])
  if (wrong.length > 0) throw new FaultList(wrong)
  const places = new Map(stated.map(({ object, path, at }) => [object.name, { path, at }]))
  return {
    ...catalogue,
    placeOf: async object => {
      const place = places.get(object)
      return place ? placeInJson(place.path, place.at) : directory
    },
  }
}

function statedIn({ path, content }: ClassFile): readonly Stated[] {
  return Object.entries(content.groups).flatMap(([group, { units, urgency, tag, category, objects }]) =>
    Object.entries(objects).map(([name, object]): Stated => {
      const kinds = Object.entries(object.kinds).map(([kindCode, kind]) => ({
        code: kindCode,
        name: kind.name,
        object: name,
        urgency: kind.urgency ?? urgency,
      }))
      return {
        object: {
          ...object,
          ...{ name, class: content.class, group, units, tag, kinds },
          category: object.category ?? category,
        },
        ...{ path, at: ['groups', group, 'objects', name] },
      }
    }),
  )
}

/** A name or a code that stands again: of two kinds with one code, nobody could say which an order is. */
function twiceIn(classes: readonly ClassFile[], stated: readonly Stated[]): readonly Promise<Fault>[] {
  const things = [
    ...classes.flatMap(({ path, content }) => [
      { key: content.code, what: `code ${content.code}`, path, at: ['code'] },
      ...Object.entries(content.groups).map(([name, group]) => ({
        ...{ key: group.code, what: `code ${group.code}`, path },
        at: ['groups', name, 'code'],
      })),
    ]),
    ...stated.flatMap(({ object, path, at }) => [
      { key: object.name, what: `"${object.name}"`, path, at },
      { key: object.code, what: `code ${object.code}`, path, at: [...at, 'code'] },
      ...object.kinds.map(kind => ({
        ...{ key: kind.code, what: `code ${kind.code}`, path },
        at: [...at, 'kinds', kind.code],
      })),
    ]),
  ]
  const first = new Map<string, (typeof things)[number]>()
  return things.flatMap(thing => {
    const earlier = first.get(thing.key)
    if (!earlier) first.set(thing.key, thing)
    return earlier ? [again(thing, earlier)] : []
  })
}

type Thing = { readonly what: string; readonly path: string; readonly at: Stand }

async function again({ what, path, at }: Thing, first: Thing): Promise<Fault> {
  const earlier = await placeInJson(first.path, first.at)
  return catalogueFault(await placeInJson(path, at), `${what} again`, `each once; the first is at ${earlier}`)
}

/** A code that was moved has to lead to one that is there: not in a circle, not to nothing, and not from one in use. */
function movedWrongly({ objects, kinds, former }: Catalogue, path: string): readonly Promise<Fault>[] {
  const codes = new Set([...kinds.keys(), ...[...objects.values()].map(object => object.code)])
  const fault = async (moved: string, found: string, expected: string) =>
    catalogueFault(await placeInJson(path, ['former', moved]), found, expected)
  return [...former.keys()].flatMap(moved => {
    if (codes.has(moved)) return [fault(moved, `code ${moved}, which is in use`, 'a code that was')]
    const way = [moved]
    for (let next = former.get(moved); next !== undefined; next = former.get(next)) {
      if (way.includes(next))
        return [fault(moved, `a cycle: ${[...way, next].join(' > ')}`, 'a code that is there')]
      way.push(next)
    }
    const end = way.at(-1) ?? moved
    return codes.has(end) ? [] : [fault(moved, `code ${end}, which is not there`, 'a code that is there')]
  })
}
