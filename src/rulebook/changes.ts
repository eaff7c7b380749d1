import type { RuleChange } from './api.ts'

/** The values in a document by their place: a single value, or the values of a list. */
type Stands = ReadonlyMap<string, { readonly at: readonly string[]; readonly values: readonly string[] }>

/** The differences between two documents by place; for a list, the values removed and added. */
export function changesBetween(before: unknown, after: unknown): readonly RuleChange[] {
  const [was, is] = [standsIn(before), standsIn(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(key => {
    const [old, young] = [was.get(key)?.values ?? [], is.get(key)?.values ?? []]
    if (old.join('\n') === young.join('\n')) return []
    const gone = old.filter(value => !young.includes(value))
    const came = young.filter(value => !old.includes(value))
    const at = was.get(key)?.at ?? is.get(key)?.at ?? []
    // A different order of the same values is a change as well.
    return [gone.length + came.length > 0 ? { at, was: gone, is: came } : { at, was: old, is: young }]
  })
}

function standsIn(document: unknown): Stands {
  const found = new Map<string, { readonly at: readonly string[]; readonly values: readonly string[] }>()
  const walk = (value: unknown, at: readonly string[]) => {
    const values = valuesOf(value)
    if (values) found.set(at.join('\n'), { at, values })
    else for (const [step, inner] of stepsIn(value)) walk(inner, [...at, step])
  }
  walk(document, [])
  return found
}

/** A single value or a list of single values; undefined for what has places of its own. */
function valuesOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null) return [written(value)]
  if (Array.isArray(value) && value.every(one => typeof one !== 'object' || one === null))
    return value.map(written)
  return undefined
}

const written = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** The entries of a list or map; items with an id are identified by it, others by their index. */
function stepsIn(value: unknown): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(value)) return Object.entries(value ?? {})
  return value.map((one: unknown, index) => {
    const id = typeof one === 'object' && one !== null && 'id' in one ? one.id : undefined
    return [typeof id === 'string' ? id : String(index + 1), one] as const
  })
}
