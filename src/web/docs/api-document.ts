/** The parts of an OpenAPI 3.1 document that people read. The front desk writes it from the schemas of the routes. */

export type ShapeOf = {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, ShapeOf>>
  readonly required?: readonly string[]
  readonly items?: ShapeOf
  readonly anyOf?: readonly ShapeOf[]
  readonly oneOf?: readonly ShapeOf[]
  readonly allOf?: readonly ShapeOf[]
  readonly additionalProperties?: boolean | ShapeOf
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

type Content = Readonly<Record<string, { readonly schema?: ShapeOf }>>

export type Operation = {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
    readonly schema?: ShapeOf
  }[]
  readonly requestBody?: { readonly content?: Content }
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>
}

export type ApiDocument = {
  readonly info: { readonly title: string; readonly description?: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export type Route = { readonly method: string; readonly path: string; readonly operation: Operation }
export type Subject = { readonly tag: string; readonly routes: readonly Route[] }

/** Routes by their subject, in the order of the document; only those in which each of the words stands. */
export function subjectsIn({ paths }: ApiDocument, words: string): readonly Subject[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const subjects = new Map<string, Route[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const { tags = [], summary = '', description = '' } = operation
      const text = [method, path, ...tags, summary, description].join(' ').toLowerCase()
      if (!wanted.every(word => text.includes(word))) continue
      const tag = tags[0] ?? 'other'
      subjects.set(tag, [...(subjects.get(tag) ?? []), { method: method.toUpperCase(), path, operation }])
    }
  return [...subjects].map(([tag, routes]) => ({ tag, routes }))
}

/** Its schema in the first form in which it is sent; undefined where it is no JSON, or nothing. */
export const shapeIn = (content: Content | undefined): ShapeOf | undefined =>
  Object.values(content ?? {})[0]?.schema

/** What a value is, in a few words: `text, 1 to 64 characters`. */
export function kindOf(shape: ShapeOf): string {
  const { type, enum: choices, minLength, maxLength, minimum, maximum, pattern } = shape
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (choices) return `one of ${choices.map(choice => JSON.stringify(choice)).join(', ')}`
  const said = [typeof type === 'string' ? type : (type ?? []).join(' or ')]
  if (minLength !== undefined || maxLength !== undefined)
    said.push(`${span(minLength, maxLength)} characters`)
  if (minimum !== undefined || maximum !== undefined) said.push(span(minimum, maximum))
  if (pattern !== undefined) said.push(`as ${pattern}`)
  if (shape.default !== undefined) said.push(`${JSON.stringify(shape.default)} when absent`)
  return said.filter(Boolean).join(', ')
}

/** What JSON can hold at most is no bound that anybody has to know. */
const isBound = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER

function span(least: number | undefined, most: number | undefined): string {
  if (isBound(least) && isBound(most)) return `${least} to ${most}`
  if (isBound(least)) return `from ${least}`
  return isBound(most) ? `up to ${most}` : ''
}
