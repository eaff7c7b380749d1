/** What the running product documents of its API, and something that has the shape which is documented. */
import type { RunningHotline } from './running-hotline.ts'

export type Schema = {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

export type Operation = {
  readonly method: string
  readonly path: string
  /** Names of what stands in its query. */
  readonly query: readonly string[]
  /** Of its body. */
  readonly type?: string
  readonly schema?: Schema
}

type Documented = {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
}

export async function operationsOf({ url }: Pick<RunningHotline, 'url'>): Promise<readonly Operation[]> {
  const { paths } = (await (await fetch(`${url}/docs/json`)).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? []
      const query = parameters.filter(one => one.in === 'query').map(({ name }) => name)
      return { method, path, query, type, schema: body?.schema }
    }),
  )
}

/** @param text what stands wherever a text does */
export function exampleOf(schema: Schema = {}, text = '13800138000'): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return exampleOf(first, text)
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, one]) => [name, exampleOf(one, text)]),
    )
  if (schema.type === 'array') return [exampleOf(schema.items, text)]
  if (schema.type === 'boolean') return true
  return schema.type === 'number' || schema.type === 'integer' ? 1 : text
}
