import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { Fault, FaultList, isWritable } from '../foundation/index.ts'

/**
 * Holds a part of the request against its schema; all that is wrong is said at once. A text that nothing could write
 * down is wrong wherever it stands: no schema has to say so, and no table is asked.
 */
export const validate: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'request' }) => {
  return data => {
    const read = schema.safeParse(data)
    const unwritable = unwritableIn(data)
    if (read.success && unwritable.length === 0) return { value: read.data }
    const issues = read.success ? [] : read.error.issues
    const isSaid = (path: readonly PropertyKey[]) =>
      issues.some(issue => issue.path.join('.') === path.join('.'))
    const faults = [
      ...issues.map(({ path, message }) => ({ path, message })),
      ...unwritable.filter(path => !isSaid(path)).map(path => ({ path, message: writableText })),
    ]
    return {
      error: new FaultList(
        faults.map(
          ({ path, message }) =>
            new Fault({
              code: 'request-invalid',
              place: [httpPart, ...path.map(String)].join('.'),
              found: describe(valueAt(data, path), path.includes('password')),
              expected: message,
            }),
        ),
      ),
    }
  }
}

const writableText = 'text without a zero byte and without half of a character (a lone surrogate)'

/** Where texts stand, or names of fields, that no table takes. */
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
