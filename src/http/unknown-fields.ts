import { z } from 'zod'

/** A field that no schema reads, and the fields known at that place. */
export type UnknownField = { readonly path: readonly PropertyKey[]; readonly known: readonly string[] }

type Def = z.core.$ZodTypes['_zod']['def']
type Schema = z.core.$ZodType

/**
 * Fields that a schema would silently ignore: a mistyped field would have no effect unnoticed. Schemas that accept
 * any field name (records, loose objects) have no unknown fields.
 */
export function unknownFields(
  schema: Schema,
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly UnknownField[] {
  const { def } = schema._zod as { readonly def: Def }
  switch (def.type) {
    case 'object':
      return isFields(value) ? ofObject(def, value, path) : []
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((inner, at) => unknownFields(def.element, inner, [...path, at]))
        : []
    case 'union':
      return ofUnion(def.options, value, path)
    case 'intersection': {
      const right = unknownFields(def.right, value, path)
      return unknownFields(def.left, value, path).filter(one => right.some(other => isSame(one, other)))
    }
    case 'pipe':
      return unknownFields(def.in, value, path)
    case 'lazy':
      return unknownFields(def.getter(), value, path)
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return unknownFields(def.innerType, value, path)
    default:
      return []
  }
}

type ObjectDef = Extract<Def, { readonly type: 'object' }>

function ofObject({ shape, catchall }: ObjectDef, value: Fields, path: readonly PropertyKey[]) {
  const known = Object.keys(shape)
  const takesAll = catchall !== undefined && catchall._zod.def.type !== 'never'
  return Object.entries(value).flatMap(([name, inner]): readonly UnknownField[] => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (field) return unknownFields(field, inner, [...path, name])
    return takesAll ? [] : [{ path: [...path, name], known }]
  })
}

/** The unknown fields of the best-fitting option; if none fits, other faults are reported instead. */
function ofUnion(options: readonly Schema[], value: unknown, path: readonly PropertyKey[]) {
  const found = options
    .filter(option => fits(option, value))
    .map(option => unknownFields(option, value, path))
  return found.toSorted((one, other) => one.length - other.length)[0] ?? []
}

/** A strict object fits if its only issues are unknown fields. */
const fits = (schema: Schema, value: unknown) =>
  z.safeParse(schema, value).error?.issues.every(({ code }) => code === 'unrecognized_keys') ?? true

const isSame = (one: UnknownField, other: UnknownField) => one.path.join('.') === other.path.join('.')

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
