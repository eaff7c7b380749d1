import type { z } from 'zod'
import { Fault, FaultList } from './errors.ts'

/**
 * Settings from the environment, parsed once. An empty variable counts as not set.
 * @param secrets names whose values are not repeated in a fault.
 * @throws FaultList naming every wrong variable at once.
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[] = [],
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const read = schema.safeParse(given)
  if (read.success) return read.data
  throw new FaultList(
    read.error.issues.map(issue => {
      const name = issue.path.map(String).join('.')
      const value = given[name]
      return new Fault({
        code: 'setting-invalid',
        place: name || 'environment',
        found:
          value === undefined
            ? 'nothing'
            : secrets.includes(name)
              ? 'a value that does not fit'
              : `"${value}"`,
        expected: issue.message,
      })
    }),
  )
}
