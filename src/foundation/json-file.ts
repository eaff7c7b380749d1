import { readFile } from 'node:fs/promises'
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  type Node,
  type ParseError,
  parse,
  parseTree,
  visit,
} from 'jsonc-parser'
import type { z } from 'zod'
import { Fault, type FaultCode, FaultList, reasonOf } from './errors.ts'
import { expectedBy } from './expected.ts'
import { isOneLine, oneLineExpected } from './text.ts'

type Reading = {
  /** The code of every fault found. */
  readonly code: FaultCode
  /** The value to use when the file does not exist; if it is left out, a missing file is a fault. */
  readonly whenAbsent?: unknown
}

/**
 * Reads a JSON file written by people. Its texts end up in headers, lists and speech, so each must be one line.
 * @throws FaultList with every fault: file, line and column, and the path within the file of a value that does not
 * fit
 */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { code, whenAbsent }: Reading,
): Promise<z.output<Schema>> {
  const written = await textOf(path).catch((error: unknown) => {
    if (whenAbsent !== undefined && reasonOf(error) === 'ENOENT') return undefined
    const found = `no file that can be read (${reasonOf(error)})`
    throw new FaultList([new Fault({ code, place: path, found, expected: 'a JSON file' })])
  })
  return readJson(path, written, schema, { code, whenAbsent })
}

/** As `readJsonFile`, for text already read; undefined means that there is no file. @throws FaultList as above */
export function readJson<Schema extends z.ZodType>(
  path: string,
  written: string | undefined,
  schema: Schema,
  { code, whenAbsent }: Reading,
): z.output<Schema> {
  const fault = (place: string, found: string, expected: string) =>
    new Fault({ code, place, found, expected })
  const value =
    written === undefined
      ? whenAbsent
      : jsonOf(written, (place, found) => fault(`${path}${place}`, found, 'JSON'))
  const read = schema.safeParse(value, { error: expectedBy })
  const place = (at: readonly (string | number)[], said = at) =>
    `${path}${written === undefined ? '' : placeOf(written, at)} ${said.join('.')}`.trim()
  const broken = brokenLines(value, []).map(({ at, text }) => fault(place(at), shown(text), oneLineExpected))
  const again = keysAgain(written ?? '').map(({ key, at, first }) =>
    fault(`${path}${at}`, `"${key}" again`, `each name once; the first is at ${path}${first}`),
  )
  if (read.success && broken.length + again.length === 0) return read.data
  const misfits = (read.error?.issues ?? []).flatMap(issue => {
    const at = issue.path.map(step => (typeof step === 'number' ? step : String(step)))
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => fault(place([...at, key], at), `"${key}"`, issue.message))
      : [fault(place(at), foundAt(value, issue), issue.message)]
  })
  throw new FaultList([...again, ...misfits, ...broken])
}

/** Drops the byte order mark that some editors write, so that columns count right. */
const textOf = async (path: string) => (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')

/** Every text that is not one line, field names included. */
function brokenLines(
  value: unknown,
  at: readonly string[],
): readonly { readonly at: readonly string[]; readonly text: string }[] {
  if (typeof value === 'string') return isOneLine(value) ? [] : [{ at, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...brokenLines(key, at),
    ...brokenLines(inner, [...at, key]),
  ])
}

/** Names that occur twice in one object. JSON keeps the last, and the author of the first would never notice. */
function keysAgain(written: string) {
  const again: { readonly key: string; readonly at: string; readonly first: string }[] = []
  const open: Map<string, string>[] = []
  visit(written, {
    onObjectBegin: () => {
      open.push(new Map())
    },
    onObjectEnd: () => {
      open.pop()
    },
    onObjectProperty: (key, _offset, _length, line, column) => {
      const at = `:${line + 1}:${column + 1}`
      const first = open.at(-1)?.get(key)
      if (first === undefined) open.at(-1)?.set(key, at)
      else again.push({ key, at, first })
    },
  })
  return again
}

function jsonOf(written: string, fault: (place: string, found: string) => Fault): unknown {
  try {
    return JSON.parse(written)
  } catch {
    throw new FaultList([fault(placeOfWrong(written), 'what is no JSON')])
  }
}

/** V8 does not say where parsing failed; a parser that recovers from errors does. */
function placeOfWrong(written: string): string {
  const wrong: ParseError[] = []
  parse(written, wrong, { disallowComments: true })
  return placeAt(written, wrong[0]?.offset)
}

function placeAt(written: string, offset: number | undefined): string {
  const before = written.slice(0, offset).split('\n')
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

/** File, line and column of a value; for values that are wrong only in relation to others. */
export async function placeInJson(path: string, at: readonly (string | number)[]): Promise<string> {
  return placeInText(path, await textOf(path), at)
}

/** As `placeInJson`, for text already read. */
export const placeInText = (path: string, written: string, at: readonly (string | number)[]): string =>
  `${path}${placeOf(written, at)}`

/** Replaces one value and leaves the rest of the text as written; an undefined value removes the entry. */
export function changeJson(written: string, at: readonly (string | number)[], value: unknown): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2 }
  return applyEdits(written, modify(written, [...at], value, { formattingOptions }))
}

/** The place of a value, or of its nearest existing ancestor. */
function placeOf(written: string, at: readonly (string | number)[]): string {
  const tree = parseTree(written)
  const steps = at.map((_, dropped) => at.slice(0, at.length - dropped))
  const node = steps.reduce<Node | undefined>((found, path) => found ?? nodeAt(tree, path), undefined)
  return placeAt(written, (node ?? tree)?.offset)
}

function nodeAt(tree: Node | undefined, path: readonly (string | number)[]): Node | undefined {
  // Path steps read from text are strings, so a list entry is looked up by number.
  const [step, ...rest] = path
  if (tree === undefined || step === undefined) return tree
  const isList = tree.type === 'array'
  return nodeAt(findNodeAtLocation(tree, [isList ? Number(step) : String(step)]), rest)
}

const longest = 60

/** The value found there, short enough for one line. */
function foundAt(value: unknown, issue: z.core.$ZodIssue): string {
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
