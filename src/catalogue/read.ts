import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { allOf, type Fault, FaultList, placeInText, readJson, reasonOf } from '../foundation/index.ts'
import type { Catalogue, CatalogueObject } from './catalogue.ts'
import { catalogueFault } from './faults.ts'
import { classFile, formerFile, unitsFile } from './file.ts'

/** A file of the catalogue: its name in the folder, and its text. */
export type CatalogueFile = { readonly name: string; readonly text: string }

/** A position: a file, and a path within it. */
export type CatalogueStand = { readonly file: string; readonly at: readonly string[] }

/** A catalogue with its files, and the position of each thing in them. */
export type WrittenCatalogue = Catalogue & {
  readonly files: readonly CatalogueFile[]
  /** Identifies the contents. */
  readonly digest: string
  /** The position of an object, by its name. */
  standOf(object: string): CatalogueStand | undefined
  /** `file:line:column` of an object by name, or of one of its kinds by code. */
  placeOf(object: string, kind?: string): Promise<string>
}

type ClassFile = { readonly name: string; readonly content: z.output<typeof classFile> }
type Stated = { readonly object: CatalogueObject; readonly stand: CatalogueStand }
/** Formats a position in the files. */
type Place = (stand: CatalogueStand) => string

const code = 'catalogue-invalid'
const own = ['units.json', 'former.json']

/**
 * Reads a folder with `units.json`, `former.json` and a file for each class.
 * @throws FaultList with every fault by file and line: values that do not fit, repeated codes or names, codes moved
 * in a circle
 */
export async function readCatalogue(directory: string): Promise<WrittenCatalogue> {
  const unread = (place: string, expected: string) => (error: unknown) => {
    throw new FaultList([
      catalogueFault(
        place,
        place === directory
          ? `no folder that can be read (${reasonOf(error)})`
          : `no file that can be read (${reasonOf(error)})`,
        expected,
      ),
    ])
  }
  const names = await readdir(directory).catch(unread(directory, 'a folder with a file for each class'))
  const files = await allOf(
    names
      .filter(name => name.endsWith('.json'))
      .map(async (name): Promise<CatalogueFile> => {
        const path = join(directory, name)
        const text = await readFile(path, 'utf8').catch(unread(path, 'a JSON file'))
        // Drops the byte order mark that some editors write, so that columns count right.
        return { name, text: text.replace(/^\uFEFF/, '') }
      }),
  )
  return readCatalogueFiles(files, directory)
}

/**
 * As `readCatalogue`, for files already read or kept in the database.
 * @param directory prefix of their names in faults
 * @throws FaultList as above
 */
export async function readCatalogueFiles(
  given: readonly CatalogueFile[],
  directory = '',
): Promise<WrittenCatalogue> {
  const files = given.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const texts = new Map(files.map(({ name, text }) => [name, text]))
  const path = (name: string) => (directory === '' ? name : join(directory, name))
  const place: Place = ({ file, at }) => placeInText(path(file), texts.get(file) ?? '', at)
  const read = async <Schema extends z.ZodType>(name: string, schema: Schema, whenAbsent?: unknown) => {
    const text = texts.get(name)
    if (text === undefined && whenAbsent === undefined)
      throw new FaultList([catalogueFault(path(name), 'no file that can be read (ENOENT)', 'a JSON file')])
    return remembered(schema, text ?? '', () => readJson(path(name), text, schema, { code, whenAbsent }))
  }
  const [units, { former }, ...classes] = await allOf([
    read('units.json', unitsFile),
    read('former.json', formerFile, {}),
    ...files
      .filter(({ name }) => !own.includes(name))
      .map(async ({ name }): Promise<ClassFile> => ({ name, content: await read(name, classFile) })),
  ])
  const stated = classes.flatMap(statedIn)
  const catalogue: Catalogue = {
    objects: new Map(stated.map(({ object }) => [object.name, object])),
    kinds: new Map(stated.flatMap(({ object }) => object.kinds.map(kind => [kind.code, kind]))),
    units: new Map(Object.entries(units.units)),
    instead: units.instead,
    former: new Map(Object.entries(former)),
  }
  const wrong = [...twiceIn(classes, stated, place), ...movedWrongly(catalogue, place)]
  if (wrong.length > 0) throw new FaultList(wrong)
  const stands = new Map(stated.map(({ object, stand }) => [object.name, stand]))
  return {
    ...catalogue,
    files,
    digest: digestOf(files),
    standOf: object => stands.get(object),
    placeOf: async (object, kind) => {
      const stand = stands.get(object)
      if (!stand) return directory
      return place(kind === undefined ? stand : { ...stand, at: [...stand.at, 'kinds', kind] })
    },
  }
}

/** The number of files remembered, latest first; a catalogue and its draft differ in few files. */
const mostRemembered = 80
const known = new WeakMap<z.ZodType, Map<string, unknown>>()

/** The parsed content of a text. Texts are cached, since parsing the whole catalogue takes half a second. */
function remembered<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  read: () => z.output<Schema>,
): z.output<Schema> {
  const texts = known.get(schema) ?? new Map<string, unknown>()
  known.set(schema, texts)
  const before = texts.get(text)
  const found = before === undefined ? read() : (before as z.output<Schema>)
  texts.delete(text)
  texts.set(text, found)
  for (const old of [...texts.keys()].slice(0, -mostRemembered)) texts.delete(old)
  return found
}

/** @param files in the order of their names */
function digestOf(files: readonly CatalogueFile[]): string {
  const hash = createHash('sha256')
  for (const { name, text } of files) hash.update(`${name}\0${text}\0`)
  return hash.digest('hex')
}

function statedIn({ name: file, content }: ClassFile): readonly Stated[] {
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
          name,
          class: content.class,
          group,
          units,
          tag,
          kinds,
          category: object.category ?? category,
        },
        stand: { file, at: ['groups', group, 'objects', name] },
      }
    }),
  )
}

/** Names and codes that occur twice: with two kinds of one code, an order's kind would be ambiguous. */
function twiceIn(classes: readonly ClassFile[], stated: readonly Stated[], place: Place): readonly Fault[] {
  const things = [
    ...classes.flatMap(({ name: file, content }) => [
      { key: content.code, what: `code ${content.code}`, file, at: ['code'] },
      ...Object.entries(content.groups).map(([name, group]) => ({
        key: group.code,
        what: `code ${group.code}`,
        file,
        at: ['groups', name, 'code'],
      })),
    ]),
    ...stated.flatMap(({ object, stand: { file, at } }) => [
      { key: object.name, what: `"${object.name}"`, file, at },
      { key: object.code, what: `code ${object.code}`, file, at: [...at, 'code'] },
      ...object.kinds.map(kind => ({
        key: kind.code,
        what: `code ${kind.code}`,
        file,
        at: [...at, 'kinds', kind.code],
      })),
    ]),
  ]
  const first = new Map<string, (typeof things)[number]>()
  return things.flatMap(thing => {
    const earlier = first.get(thing.key)
    if (!earlier) first.set(thing.key, thing)
    if (!earlier) return []
    return [
      catalogueFault(place(thing), `${thing.what} again`, `each once; the first is at ${place(earlier)}`),
    ]
  })
}

/** Faults among former codes: a circle, an end that does not exist, or a code still in use. */
function movedWrongly({ objects, kinds, former }: Catalogue, place: Place): readonly Fault[] {
  const codes = new Set([...kinds.keys(), ...[...objects.values()].map(object => object.code)])
  const fault = (moved: string, found: string, expected: string) =>
    catalogueFault(place({ file: 'former.json', at: ['former', moved] }), found, expected)
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
