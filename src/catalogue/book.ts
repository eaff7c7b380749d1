import { basename } from 'node:path'
import { Fault } from '../foundation/index.ts'
import type { CatalogueDetail, CatalogueFilter, CataloguePage, CatalogueQuery, CatalogueRow } from './api.ts'
import { type CatalogueKind, type CatalogueObject, codeNow, unitFor } from './catalogue.ts'
import type { WrittenCatalogue } from './read.ts'

/** The catalogue as a reference book: what a kind is, whose it is, and where it is written. */
export type CatalogueBook = {
  list(query: CatalogueQuery): CataloguePage
  /** All matching kinds in full, except for their places in files. */
  whole(filter: CatalogueFilter): readonly Described[]
  /** @throws Fault `catalogue-kind-unknown` */
  show(code: string): Promise<CatalogueDetail>
}

export type Described = Omit<CatalogueDetail, 'place' | 'beside'>

export type CatalogueBookOptions = {
  readonly catalogue: WrittenCatalogue
  readonly districts: readonly string[]
  readonly rules: {
    readonly units: ReadonlyMap<string, { readonly name: string }>
    readonly categories: ReadonlyMap<string, { readonly elder: boolean; readonly evidence: boolean }>
  }
}

type Entry = { readonly row: CatalogueRow; readonly object: CatalogueObject; readonly said: Said }
/** The names of a kind, and all other texts about it; in lower case. */
type Said = { readonly names: string; readonly rest: string }

export function createCatalogueBook(options: CatalogueBookOptions): CatalogueBook {
  const { catalogue } = options
  const pages = pagesOf(options)
  const formerOf = (code: string) =>
    [...catalogue.former.keys()].filter(moved => codeNow(catalogue, moved) === code)
  const describe = ({ row, object: { words, says, not, form, units } }: Entry): Described => ({
    ...row,
    words,
    says,
    not,
    form,
    answers: answersOf(units, options),
    former: formerOf(row.code),
  })

  return {
    list({ after, limit, ...filter }) {
      const { entries, classes, tags } = pages()
      const found = fitting(entries, filter)
      const begin = after === undefined ? 0 : found.findIndex(({ row }) => row.code === after) + 1
      const kinds = found.slice(begin, begin + limit).map(({ row }) => row)
      const next = begin + limit < found.length ? kinds.at(-1)?.code : undefined
      return { kinds, count: found.length, next, classes, tags }
    },
    whole: filter => fitting(pages().entries, filter).map(describe),
    async show(code) {
      const entry = pages().byCode.get(codeNow(catalogue, code))
      if (!entry)
        throw new Fault({
          code: 'catalogue-kind-unknown',
          place: 'params.code',
          found: code,
          expected: 'the code of a kind in the catalogue',
        })
      const { object, row } = entry
      const place = basename(await catalogue.placeOf(object.name, row.code))
      const beside = object.kinds.map(({ code, name, urgency }) => ({ code, name, urgency }))
      return { ...describe(entry), beside, place }
    },
  }
}

/** The entries, also by code; rebuilt when another catalogue is published. */
function pagesOf(options: CatalogueBookOptions) {
  const make = (of: WrittenCatalogue['objects']) => {
    const objects = [...of.values()]
    const entries = objects.flatMap(object => object.kinds.map(kind => entryOf(kind, object, options)))
    return {
      of,
      entries,
      byCode: new Map(entries.map(entry => [entry.row.code, entry])),
      classes: [...new Set(objects.map(object => object.class))],
      tags: [...new Set(objects.map(({ tag }) => tag))],
    }
  }
  let made: ReturnType<typeof make> | undefined
  return () => {
    if (made?.of !== options.catalogue.objects) made = make(options.catalogue.objects)
    return made
  }
}

function entryOf(
  { code, name, urgency }: CatalogueKind,
  object: CatalogueObject,
  { catalogue, rules }: CatalogueBookOptions,
): Entry {
  const category = rules.categories.get(object.category)
  const row: CatalogueRow = {
    code,
    name,
    object: object.name,
    group: object.group,
    class: object.class,
    urgency,
    tag: object.tag,
    category: object.category,
    elder: object.elder || category?.elder === true,
    evidence: category?.evidence === true,
    units: [...new Set(object.units.map(unit => unitName(rules, catalogue.units.get(unit)?.id) || unit))],
  }
  const rest = [
    object.group,
    object.class,
    object.tag,
    ...row.units,
    ...object.units,
    ...object.words,
    ...object.says,
    ...object.form,
  ]
  return {
    row,
    object,
    said: { names: small(`${code} ${object.name}·${name}`), rest: small(rest.join('\n')) },
  }
}

const small = (text: string) => text.normalize('NFKC').toLowerCase()
const unitName = ({ units }: CatalogueBookOptions['rules'], id: string | undefined) =>
  id === undefined ? '' : (units.get(id)?.name ?? id)

/** Matching entries: first those whose own names contain all the words; each part in the catalogue's order. */
function fitting(entries: readonly Entry[], { q, class: of, tag, elder }: CatalogueFilter): readonly Entry[] {
  const asked = small(q)
    .split(/[\s，,、]+/)
    .filter(Boolean)
  const found = entries.filter(
    ({ row, said }) =>
      (of === undefined || row.class === of) &&
      (tag === undefined || row.tag === tag) &&
      (elder === undefined || row.elder) &&
      asked.every(word => said.names.includes(word) || said.rest.includes(word)),
  )
  if (asked.length === 0) return found
  const isNamed = ({ said }: Entry) => asked.every(word => said.names.includes(word))
  return [...found.filter(isNamed), ...found.filter(entry => !isNamed(entry))]
}

/** The unit for each district; districts with the same unit are grouped. */
function answersOf(
  units: readonly string[],
  { catalogue, districts, rules }: CatalogueBookOptions,
): CatalogueDetail['answers'] {
  const found = new Map<string, string[]>()
  for (const district of districts) {
    const unit = unitName(rules, unitFor(catalogue, { units }, district))
    found.set(unit, [...(found.get(unit) ?? []), district])
  }
  return [...found].map(([unit, there]) => ({ unit, districts: found.size === 1 ? [] : there }))
}
