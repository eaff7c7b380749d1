import type { z } from 'zod'
import { oneOf } from './suggest.ts'

type RawIssue = z.core.$ZodRawIssue

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const units: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
  file: ' bytes',
}

/**
 * Says in words what a schema without messages of its own expects. Pass it wherever outside input is parsed:
 * `schema.safeParse(value, { error: expectedBy })`.
 */
export function expectedBy(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? `a value of type ${issue.expected}`
    case 'too_big':
      return bound(issue, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'too_small':
      return bound(issue, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : oneOf(String(issue.input), issue.values.map(String))
    case 'unrecognized_keys':
      return oneOf(issue.keys[0] ?? '', knownKeys(issue))
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_format':
      return issue.pattern ? `text of the form ${issue.pattern}` : `text in the format ${issue.format}`
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0]?.message ?? 'another value'
    case 'invalid_union':
      return ofUnion(issue)
    default:
      return 'another value'
  }
}

function bound(
  { origin, exact }: RawIssue & { origin?: string; exact?: boolean },
  word: string,
  limit: unknown,
) {
  return `${exact ? 'exactly' : word} ${limit}${units[origin ?? ''] ?? ''}`
}

function knownKeys({ inst }: RawIssue): readonly string[] {
  const def = (inst as { readonly _zod?: { readonly def: { readonly shape?: object } } } | undefined)?._zod
    ?.def
  return Object.keys(def?.shape ?? {})
}

/** What each shape of the union expects, when the value itself (not something within it) matches none of them. */
function ofUnion({ errors }: Extract<RawIssue, { readonly code: 'invalid_union' }>) {
  const asked = (errors ?? []).map(issues => issues.find(({ path }) => path.length === 0)?.message)
  const words = [...new Set(asked)].filter(word => word !== undefined)
  return words.length > 0 && asked.every(word => word !== undefined)
    ? words.join(' or ')
    : 'one of the shapes that it may have'
}
