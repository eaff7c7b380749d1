import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { expectedBy, Fault, FaultList, isWritable, oneOf } from '../foundation/index.ts'
import { unknownFields } from './unknown-fields.ts'

/**
 * Checks a part of the request against its schema and reports every fault at once. Besides the schema, it refuses
 * text that no table can store, and fields of a body or query that no schema reads: the sender meant something by
 * them.
 */
export const validate: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'request' }) => {
  return data => {
    const read = schema.safeParse(data, { error: expectedBy })
    const unwritable = unwritableIn(data)
    const unknown = httpPart === 'body' || httpPart === 'querystring' ? unknownFields(schema, data) : []
    if (read.success && unwritable.length === 0 && unknown.length === 0) return { value: read.data }
    const named = new Set(unknown.map(({ path }) => path.join('.')))
    const issues =
      read.error?.issues.flatMap(misfitsOf).filter(({ path }) => !named.has(path.join('.'))) ?? []
    const isSaid = (path: Path) => issues.some(issue => issue.path.join('.') === path.join('.'))
    const misfits: readonly Misfit[] = [
      ...issues,
      ...unknown
        .filter(({ path }) => !isSaid(path))
        .map(({ path, known }) => ({
          path,
          found: noSuchField,
          expected: oneOf(String(path.at(-1)), known),
        })),
      ...unwritable.filter(path => !isSaid(path)).map(path => ({ path, expected: writableText })),
    ]
    const shown = ({ path, found }: Misfit) =>
      found ?? describe(valueAt(data, path), path.includes('password'))
    return {
      error: new FaultList(
        misfits.map(
          misfit =>
            new Fault({
              code: 'request-invalid',
              place: [httpPart, ...misfit.path.map(String)].join('.'),
              found: shown(misfit),
              expected: misfit.expected,
            }),
        ),
      ),
    }
  }
}

type Path = readonly PropertyKey[]
type Misfit = { readonly path: Path; readonly found?: string; readonly expected: string }

const noSuchField = 'a field that is not known here'

/** A zod issue as faults, one for each unknown field at its own path. */
const misfitsOf = (issue: z.core.$ZodIssue): readonly Misfit[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map(key => ({
        path: [...issue.path, key],
        found: noSuchField,
        expected: issue.keys.length === 1 ? issue.message : 'none of this name',
      }))
    : [{ path: issue.path, expected: issue.message }]

const writableText = 'text without a zero byte and without half of a character (a lone surrogate)'

/** Paths of texts and field names that no table can store. */
function unwritableIn(
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly (readonly PropertyKey[])[] {
  if (typeof value === 'string') return isWritable(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(isWritable(name) ? [] : [path]),
    ...unwritableIn(inner, [...path, name]),
  ])
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    data,
  )
}

function describe(value: unknown, secret: boolean): string {
  if (value === undefined) return 'nothing'
  if (secret) return 'a value that does not fit'
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value)
      ? 'a list'
      : `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`
  }
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
