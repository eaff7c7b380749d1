import type { Catalogue, CatalogueObject } from '../catalogue.ts'
import type { CatalogueChange } from './api.ts'

type Field = CatalogueChange['fields'][number]
type Values = Readonly<Record<string, readonly string[]>>

/** The differences between two catalogues, thing by thing. */
export function changesBetween(before: Catalogue, after: Catalogue): readonly CatalogueChange[] {
  return [
    ...changesOf('object', before.objects, after.objects, valuesOfObject),
    ...changesOf('unit', before.units, after.units, ({ id, only }) => ({ id: [id], districts: only ?? [] })),
    ...changesOf('instead', insteadOf(before), insteadOf(after), pairs => ({ units: pairs })),
    ...changesOf('former', before.former, after.former, code => ({ code: [code] })),
  ]
}

function changesOf<One>(
  about: CatalogueChange['about'],
  before: ReadonlyMap<string, One>,
  after: ReadonlyMap<string, One>,
  values: (one: One) => Values,
): readonly CatalogueChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.flatMap(name => {
    const [was, is] = [before.get(name), after.get(name)]
    const fields = was === is ? [] : fieldsBetween(was && values(was), is && values(is))
    if (fields.length === 0) return []
    const what = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    return [{ about, name, what, fields }]
  })
}

/** The values removed and added in each field. */
function fieldsBetween(was: Values = {}, is: Values = {}): readonly Field[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.flatMap(name => {
    const [old, young] = [was[name] ?? [], is[name] ?? []]
    const gone = old.filter(value => !young.includes(value))
    const came = young.filter(value => !old.includes(value))
    if (gone.length + came.length > 0) return [{ name, was: gone, is: came }]
    // The same values in another order are a change, because the first unit leads.
    return old.join('\n') === young.join('\n') ? [] : [{ name, was: old, is: young }]
  })
}

const valuesOfObject = (object: CatalogueObject): Values => ({
  code: [object.code],
  class: [object.class],
  group: [object.group],
  units: object.units,
  tag: [object.tag],
  category: [object.category],
  elder: [object.elder ? 'yes' : 'no'],
  kinds: object.kinds.map(({ code, name, urgency }) => `${code} ${name} ${urgency}`),
  words: object.words,
  says: object.says,
  not: object.not.map(({ is, ask }) => `${is}：${ask}`),
  form: object.form,
})

const insteadOf = ({ instead }: Catalogue): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(instead).map(([district, pairs]) => [
      district,
      Object.entries(pairs).map(([unit, other]) => `${unit}：${other}`),
    ]),
  )
