import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { z } from 'zod'
import { expectedBy, Fault, oneOf } from '../foundation/index.ts'

import type { OptionPath } from './verb.ts'

/** A YAML file whose faults know their place. */
export type YamlFile<Content> = {
  /** Undefined if the file does not fit its schema. */
  readonly content: Content | undefined
  readonly faults: readonly Fault[]
  /** Words of an earlier build in the file, which are read as the new ones. */
  readonly hints: readonly Fault[]
  /** `file:line:column` of the key or item at `path`, or of its nearest ancestor that exists. */
  place(path: OptionPath): string
}

/** A renamed key. Files that still use the old name are read, with a hint for their author. */
export type FormerWord = { readonly within: OptionPath; readonly was: string; readonly is: string }

/** Stands for any key of a map, or any entry of a list. */
export const anyKey = '*'

/** @param former old words that the file may still use */
export function readYaml<Schema extends z.ZodType>(
  path: string,
  text: string,
  schema: Schema,
  former: readonly FormerWord[] = [],
): YamlFile<z.output<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}`
  }
  const place = (where: OptionPath) => at(offsetOf(document, where))
  // Report the first syntax error only: the others mostly follow from it.
  const [broken] = document.errors
  if (broken) {
    const detail = { place: at(broken.pos[0]), found: broken.message, expected: 'YAML' }
    return { content: undefined, faults: [new Fault({ code: 'yaml-invalid', ...detail })], hints: [], place }
  }
  const hints = former.flatMap(word => renew(document, word, at))
  const given: unknown = document.toJS()
  const read = schema.safeParse(given, { error: expectedBy })
  if (read.success) return { content: read.data, faults: [], hints, place }
  const jsonSchema = z.toJSONSchema(schema, { io: 'input' })
  const faults = read.error.issues.flatMap(issue => faultsOf(issue, given, jsonSchema, place))
  return { content: undefined, faults, hints, place }
}

/** Replaces a former word by the new one wherever it occurs. */
function renew(
  document: Document.Parsed,
  { within, was, is }: FormerWord,
  at: (offset: number) => string,
): readonly Fault[] {
  return mapsAt(document.contents, within, document).flatMap(map => {
    const keys = map.items.map(({ key }) => key)
    const old = keys.find(key => isScalar(key) && key.value === was)
    if (!isScalar(old) || keys.some(key => isScalar(key) && key.value === is)) return []
    old.value = is
    const place = at(old.range?.[0] ?? 0)
    return [new Fault({ code: 'word-former', place, found: `"${was}"`, expected: `"${is}"` })]
  })
}

function mapsAt(
  node: unknown,
  [name, ...rest]: OptionPath,
  document: Document.Parsed,
): readonly YAMLMap<ParsedNode, ParsedNode>[] {
  const here = isAlias(node) ? node.resolve(document) : node
  if (isSeq<ParsedNode>(here) && name === anyKey)
    return here.items.flatMap(item => mapsAt(item, rest, document))
  if (!isMap<ParsedNode, ParsedNode>(here)) return []
  if (name === undefined) return [here]
  return here.items
    .filter(({ key }) => name === anyKey || (isScalar(key) && key.value === name))
    .flatMap(({ value }) => mapsAt(value, rest, document))
}

function faultsOf(
  issue: z.core.$ZodIssue,
  given: unknown,
  jsonSchema: object,
  place: (path: OptionPath) => string,
): readonly Fault[] {
  const path = issue.path.map(segment => (typeof segment === 'number' ? segment : String(segment)))
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(jsonSchema, path)
    return issue.keys.map(
      key =>
        new Fault({
          code: 'key-unknown',
          place: place([...path, key]),
          found: `"${key}"`,
          expected: known.length > 0 ? oneOf(key, known) : issue.message,
        }),
    )
  }
  const value = valueAt(given, path)
  const expected = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
  const found = issue.code === 'invalid_key' ? `"${path.at(-1)}"` : inWords(value)
  const isMissing = value === undefined && path.length > 0
  return [
    new Fault({
      code: isMissing ? 'key-missing' : 'value-invalid',
      place: place(path),
      found: isMissing ? `no "${path.at(-1)}"` : found,
      expected,
    }),
  ]
}

function offsetOf(document: Document.Parsed, path: OptionPath): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap<ParsedNode, ParsedNode>(node)) {
      const pair = node.items.find(
        item => String((item.key as { value?: unknown }).value) === String(segment),
      )
      if (!pair) return offset
      offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(segment)]
      if (isNode(node)) offset = node.range?.[0] ?? offset
    } else return offset
  }
  return offset
}

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
}

/** The keys that the map at `path` may have. */
function keysAt(schema: JsonSchema, path: OptionPath): readonly string[] {
  let here: JsonSchema | undefined = schema
  for (const segment of path) {
    if (typeof segment === 'number') here = here?.items
    else {
      const rest: JsonSchema | boolean | undefined = here?.additionalProperties
      here = here?.properties?.[segment] ?? (typeof rest === 'object' ? rest : undefined)
    }
  }
  return Object.keys(here?.properties ?? {})
}

export function valueAt(given: unknown, path: OptionPath): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[segment]
        : undefined,
    given,
  )
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object')
    return Object.keys(value).length > 0 ? `a map of ${Object.keys(value).join(', ')}` : 'an empty map'
  return typeof value === 'string' ? `"${value}"` : String(value)
}
