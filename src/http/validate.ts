import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { Fault, FaultList } from '../foundation/index.ts'

/** Holds a part of the request against its schema; all that is wrong is said at once. */
export const validate: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'request' }) => {
  return data => {
    const read = schema.safeParse(data)
    if (read.success) return { value: read.data }
    return {
      error: new FaultList(
        read.error.issues.map(
          issue =>
            new Fault({
              code: 'request-invalid',
              place: [httpPart, ...issue.path.map(String)].join('.'),
              found: describe(valueAt(data, issue.path), issue.path.includes('password')),
              expected: issue.message,
            }),
        ),
      ),
    }
  }
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
