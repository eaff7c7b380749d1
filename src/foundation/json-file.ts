import { readFile } from 'node:fs/promises'
import { findNodeAtLocation, type ParseError, parse, parseTree } from 'jsonc-parser'
import type { z } from 'zod'
import { Fault, FaultList, reasonOf } from './errors.ts'
import { expectedBy } from './expected.ts'
import { isOneLine, oneLineExpected } from './text.ts'

type Reading = {
  /** Of every fault. */
  readonly code: string
  /** What holds where there is no such file; absent, its absence is a fault. */
  readonly whenAbsent?: unknown
}

/**
 * Reads a JSON file that people write.
 * Its texts are names and words that stand in headers, lists and what is spoken: each is one line.
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
  const read = schema.safeParse(value, { error: expectedBy })
  const broken = brokenLines(value, '').map(({ at, text }) =>
    fault(`${path} ${at}`, shown(text), oneLineExpected),
  )
  if (read.success && broken.length === 0) return read.data
  const misfits = (read.error?.issues ?? []).map(issue =>
    fault(`${path} ${issue.path.map(String).join('.')}`.trim(), foundAt(value, issue), issue.message),
  )
  throw new FaultList([...misfits, ...broken])
}

/** Every text that is not one line, names of fields included. */
function brokenLines(value: unknown, at: string): readonly { readonly at: string; readonly text: string }[] {
  if (typeof value === 'string') return isOneLine(value) ? [] : [{ at, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...brokenLines(key, at),
    ...brokenLines(inner, at ? `${at}.${key}` : key),
  ])
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
  return placeAt(written, wrong[0]?.offset)
}

function placeAt(written: string, offset: number | undefined): string {
  const before = written.slice(0, offset).split('\n')
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

/** Where a value stands in a file that was read, as file, line and column: for what is wrong only beside another. */
export async function placeInJson(path: string, at: readonly (string | number)[]): Promise<string> {
  const written = await readFile(path, 'utf8')
  const tree = parseTree(written)
  return `${path}${placeAt(written, tree && findNodeAtLocation(tree, [...at])?.offset)}`
}

const longest = 60

/** What stands there, short enough for a line; an unknown key is said by name. */
function foundAt(value: unknown, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => `"${key}"`).join(', ')
  const there = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
  return there === undefined ? 'nothing' : shown(there)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
