import { readFile } from 'node:fs/promises'
import { type ParseError, parse } from 'jsonc-parser'
import type { z } from 'zod'
import { Fault, FaultList, reasonOf } from './errors.ts'

type Reading = {
  /** Of every fault. */
  readonly code: string
  /** What holds where there is no such file; absent, its absence is a fault. */
  readonly whenAbsent?: unknown
}

/**
 * Reads a JSON file that people write.
 * @throws FaultList with every fault: file, line and column of what is no JSON, file and path of a value that does not fit
 */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { code, whenAbsent }: Reading,
): Promise<z.output<Schema>> {
  const fault = (place: string, found: string, expected: string) =>
    new Fault({ code, place, found, expected })
  const written = await readFile(path, 'utf8').catch((error: unknown) => {
    if (whenAbsent !== undefined && reasonOf(error) === 'ENOENT') return undefined
    throw new FaultList([fault(path, `no file that can be read (${reasonOf(error)})`, 'a JSON file')])
  })
  const value =
    written === undefined
      ? whenAbsent
      : jsonOf(written, (place, found) => fault(`${path}${place}`, found, 'JSON'))
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw new FaultList(
    read.error.issues.map(issue =>
      fault(`${path} ${issue.path.map(String).join('.')}`.trim(), foundAt(value, issue), issue.message),
    ),
  )
}

function jsonOf(written: string, fault: (place: string, found: string) => Fault): unknown {
  try {
    return JSON.parse(written.replace(/^\uFEFF/, ''))
  } catch {
    throw new FaultList([fault(placeOfWrong(written), 'what is no JSON')])
  }
}

/** V8 does not say where it failed; a parser that goes on after what is wrong does. */
function placeOfWrong(written: string): string {
  const wrong: ParseError[] = []
  parse(written, wrong, { disallowComments: true })
  const before = written.slice(0, wrong[0]?.offset).split('\n')
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

const longest = 60

/** What stands there, short enough for a line; an unknown key is said by name. */
function foundAt(value: unknown, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => `"${key}"`).join(', ')
  const there = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
  const text = there === undefined ? 'nothing' : JSON.stringify(there)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
