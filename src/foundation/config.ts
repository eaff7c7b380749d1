import type { z } from 'zod'
import { Fault, FaultList } from './errors.ts'
import { expectedBy } from './expected.ts'
import { isOneLine, oneLineExpected } from './text.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Reads settings from the environment, once. An empty variable counts as not set.
 * Each value must be one line: a secret read from a file with its line break would end a header early, or never
 * match.
 * @param secrets names whose values are never repeated in a fault
 * @throws FaultList naming every wrong variable at once
 */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Env,
  secrets: readonly string[] = [],
): z.output<Schema> {
  const faults = configFaults(schema, env, secrets)
  if (faults.length > 0) throw new FaultList(faults)
  return schema.parse(givenIn(env))
}

const givenIn = (env: Env) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))

/** What is wrong in the environment; the place of each fault is the name of a setting. */
export function configFaults(
  schema: z.ZodObject,
  env: Env,
  secrets: readonly string[] = [],
): readonly Fault[] {
  const given = givenIn(env)
  const fault = (name: string, expected: string) => {
    const value = given[name]
    const shown = secrets.includes(name) ? 'a value that does not fit' : JSON.stringify(value)
    return new Fault({
      code: 'setting-invalid',
      place: name || 'environment',
      found: value === undefined ? 'nothing' : shown,
      expected,
    })
  }
  const broken = Object.keys(schema.shape).filter(name => !isOneLine(given[name] ?? ''))
  const read = schema.safeParse(given, { error: expectedBy })
  const misfits = (read.error?.issues ?? []).map(({ path, message }) => ({
    name: path.map(String).join('.'),
    message,
  }))
  return [
    ...misfits.filter(({ name }) => !broken.includes(name)).map(({ name, message }) => fault(name, message)),
    ...broken.map(name => fault(name, oneLineExpected)),
  ]
}
