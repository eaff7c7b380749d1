import { expect, it } from 'vitest'
import { stillHouse } from './house.ts'

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly additionalProperties?: unknown
}

type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly security?: readonly unknown[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>
  }
  readonly responses: Readonly<Record<string, { readonly content?: object; readonly description?: string }>>
}

async function operations() {
  const { app } = await stillHouse()
  const document = (await app.inject('/docs/json')).json()
  const paths = Object.entries<Record<string, Operation>>(document.paths)
  const all = paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return { document, all }
}

it('documents every route, with words and with what it answers', async () => {
  const { document, all } = await operations()
  expect(document.openapi).toBe('3.1.0')
  expect(all.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'delete /api/account/sessions',
    'delete /api/account/sessions/{id}',
    'delete /api/catalogue/draft',
    'delete /api/drafts/{id}',
    'delete /api/drafts/{id}/files/{hash}',
    'delete /api/programs/{name}',
    'delete /api/recordings/{id}/notes/{note}',
    'delete /api/rules/{subject}/draft',
    'delete /api/seats/{name}',
    'delete /api/staff/{name}',
    'delete /api/staff/{name}/sessions',
    'delete /api/staff/{name}/sessions/{id}',
    'delete /session',
    'get /api/account',
    'get /api/assistant',
    'get /api/audit/export',
    'get /api/audit/seals',
    'get /api/bulletins',
    'get /api/bulletins/{id}',
    'get /api/bulletins/{id}/xlsx',
    'get /api/callbacks',
    'get /api/callbacks/counts',
    'get /api/callbacks/{id}',
    'get /api/callbacks/{id}/messages/{call}',
    'get /api/callers/languages',
    'get /api/callers/{number}/ladder',
    'get /api/calls',
    'get /api/calls/{id}',
    'get /api/calls/{id}/captions',
    'get /api/campaigns',
    'get /api/catalogue',
    'get /api/catalogue/draft',
    'get /api/catalogue/file/{format}',
    'get /api/catalogue/versions',
    'get /api/catalogue/versions/{number}/diff',
    'get /api/catalogue/written/{code}',
    'get /api/catalogue/{code}',
    'get /api/city',
    'get /api/closings',
    'get /api/closings/figures',
    'get /api/deductions',
    'get /api/dispatch-catalogue/draft',
    'get /api/dispatch-catalogue/file/{format}',
    'get /api/dispatch-catalogue/trial',
    'get /api/drafts',
    'get /api/drafts/{id}',
    'get /api/drafts/{id}/version',
    'get /api/features',
    'get /api/floor',
    'get /api/floor/acts',
    'get /api/floor/figures',
    'get /api/floor/lost',
    'get /api/floor/{table}.csv',
    'get /api/flow-versions',
    'get /api/flow-versions/{number}/diff',
    'get /api/flow-versions/{number}/files',
    'get /api/flows',
    'get /api/incidents',
    'get /api/incidents/{id}',
    'get /api/keys',
    'get /api/kind-models',
    'get /api/kind-models/{version}',
    'get /api/kinds',
    'get /api/knowledge',
    'get /api/knowledge/export/{format}',
    'get /api/knowledge/figures',
    'get /api/knowledge/inbox',
    'get /api/knowledge/{id}',
    'get /api/knowledge/{id}/diff',
    'get /api/ladder',
    'get /api/orders',
    'get /api/orders/by-rule',
    'get /api/orders/counts',
    'get /api/orders/erasures',
    'get /api/orders/file/{format}',
    'get /api/orders/instructions',
    'get /api/orders/instructions/counts',
    'get /api/orders/people',
    'get /api/orders/returns',
    'get /api/orders/returns/figures',
    'get /api/orders/returns/file/{format}',
    'get /api/orders/rules',
    'get /api/orders/site-checks',
    'get /api/orders/{number}',
    'get /api/orders/{number}/evidence/{hash}',
    'get /api/orders/{number}/together',
    'get /api/orders/{number}/units',
    'get /api/own-calls',
    'get /api/persons/forgettings',
    'get /api/places',
    'get /api/plan',
    'get /api/plan/csv',
    'get /api/programs',
    'get /api/ranking',
    'get /api/ranking/csv',
    'get /api/ranking/orders',
    'get /api/rates',
    'get /api/recordings',
    'get /api/recordings/{id}',
    'get /api/recordings/{id}/sound',
    'get /api/retention',
    'get /api/rules',
    'get /api/rules/{subject}',
    'get /api/rules/{subject}/draft',
    'get /api/rules/{subject}/versions/{number}',
    'get /api/seats',
    'get /api/seats/states',
    'get /api/shifts',
    'get /api/staff',
    'get /api/staff/names',
    'get /api/staff/{name}/changes',
    'get /api/staff/{name}/factors',
    'get /api/staff/{name}/sessions',
    'get /api/surveys/exclusions',
    'get /api/trail',
    'get /api/trail/export',
    'get /current-incidents',
    'get /livez',
    'get /metrics',
    'get /question-links/{token}',
    'get /readyz',
    'get /session',
    'get /survey-links/{token}',
    'post /api/account/factors/{id}/remove',
    'post /api/account/passkeys',
    'post /api/account/passkeys/options',
    'post /api/account/password',
    'post /api/account/recovery',
    'post /api/account/totp',
    'post /api/account/totp/confirm',
    'post /api/assistant/answers',
    'post /api/assistant/readings',
    'post /api/audit',
    'post /api/audit/seals',
    'post /api/bulletins',
    'post /api/bulletins/{id}/decision',
    'post /api/bulletins/{id}/publish',
    'post /api/bulletins/{id}/words',
    'post /api/callbacks/{id}/acts',
    'post /api/callers/{number}/ladder',
    'post /api/callers/{number}/mark',
    'post /api/calls/{id}/captions',
    'post /api/campaigns/{name}/pause',
    'post /api/campaigns/{name}/start',
    'post /api/campaigns/{name}/stop',
    'post /api/catalogue/draft',
    'post /api/catalogue/versions',
    'post /api/catalogue/versions/{number}/use',
    'post /api/deductions',
    'post /api/deductions/{id}/appeal',
    'post /api/deductions/{id}/decision',
    'post /api/dial',
    'post /api/dispatch-catalogue/file',
    'post /api/drafts',
    'post /api/drafts/{id}/change',
    'post /api/drafts/{id}/files',
    'post /api/floor/queue/{call}/move',
    'post /api/floor/seats/{name}/supervise',
    'post /api/floor/seats/{name}/take-over',
    'post /api/flows',
    'post /api/flows/promote',
    'post /api/flows/rollback',
    'post /api/holds',
    'post /api/holds/{id}/end',
    'post /api/incidents',
    'post /api/incidents/{id}/change',
    'post /api/incidents/{id}/end',
    'post /api/keys/{name}/rotation',
    'post /api/kind-models/{version}/use',
    'post /api/knowledge',
    'post /api/knowledge/examples/withdraw',
    'post /api/knowledge/hush',
    'post /api/knowledge/import',
    'post /api/knowledge/reviews',
    'post /api/knowledge/search',
    'post /api/knowledge/{id}/change',
    'post /api/knowledge/{id}/read-out',
    'post /api/knowledge/{id}/sms',
    'post /api/knowledge/{id}/submit',
    'post /api/knowledge/{id}/uses',
    'post /api/knowledge/{id}/withdraw',
    'post /api/ladder/{id}/appeal',
    'post /api/ladder/{id}/decision',
    'post /api/orders',
    'post /api/orders/foreseen',
    'post /api/orders/near',
    'post /api/orders/{number}/acts',
    'post /api/orders/{number}/closing-check',
    'post /api/orders/{number}/contact-check',
    'post /api/orders/{number}/contact-check/answer',
    'post /api/orders/{number}/erasure',
    'post /api/orders/{number}/erasure/decision',
    'post /api/orders/{number}/evidence',
    'post /api/persons/export',
    'post /api/persons/forgettings',
    'post /api/persons/forgettings/decision',
    'post /api/plan',
    'post /api/programs',
    'post /api/readings',
    'post /api/recordings/{id}/notes',
    'post /api/recordings/{id}/reviews',
    'post /api/recordings/{id}/reviews/{review}/answer',
    'post /api/rules/{subject}/draft',
    'post /api/rules/{subject}/versions',
    'post /api/rules/{subject}/versions/{number}/use',
    'post /api/seats',
    'post /api/seats/{name}/away',
    'post /api/seats/{name}/change',
    'post /api/seats/{name}/done',
    'post /api/seats/{name}/ready',
    'post /api/seats/{name}/sign-in',
    'post /api/seats/{name}/sign-out',
    'post /api/seats/{name}/skills',
    'post /api/staff',
    'post /api/staff/{name}/change',
    'post /api/staff/{name}/factors/removal',
    'post /api/staff/{name}/password',
    'post /api/suggestions',
    'post /api/surveys/exclusions',
    'post /api/surveys/exclusions/decision',
    'post /question-links/{token}',
    'post /question-links/{token}/person',
    'post /session',
    'post /session/second',
    'post /session/second/passkey',
    'post /session/second/passkey/options',
    'post /session/use',
    'post /survey-links/{token}',
  ])
  for (const { path, method, operation } of all) {
    const where = `${method} ${path}`
    expect([where, operation.summary, operation.description]).not.toContain(undefined)
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(found => found[1])
    const described = operation.parameters?.filter(parameter => parameter.in === 'path') ?? []
    expect([where, described.map(parameter => parameter.name)]).toEqual([where, parameters])
    // 206 is a part of what 200 gives whole.
    const success = Object.entries(operation.responses).filter(
      ([status]) => status.startsWith('2') && status !== '206',
    )
    expect([where, success.length]).toEqual([where, 1])
    for (const [status, answer] of success) {
      expect([where, status === '204' || answer.content !== undefined]).toEqual([where, true])
    }
  }
})

it('says of every guarded route that it wants the token, and what a refusal looks like', async () => {
  const { all } = await operations()
  for (const { path, operation } of all.filter(one => one.path.startsWith('/api/'))) {
    expect([path, operation.security]).toEqual([path, [{ token: [] }, { session: [] }]])
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '401', '429']))
  }
})

it('says of every body that a field which it does not name is refused', async () => {
  const { document, all } = await operations()
  const bodies = all.flatMap(({ path, method, operation }) => {
    const schema = operation.requestBody?.content?.['application/json']?.schema
    return schema ? [{ where: `${method} ${path}`, schema }] : []
  })
  expect(bodies.length).toBeGreaterThan(15)
  for (const { where, schema } of bodies) expect([where, openIn(schema)]).toEqual([where, []])

  const body = (path: string) => document.paths[path].post.requestBody.content['application/json'].schema
  expect(body('/api/incidents').additionalProperties).toBe(false)
  expect(body('/api/seats').anyOf.map((one: JsonSchema) => one.additionalProperties)).toEqual([false, false])
  // Of parts of one object, each would refuse the fields of the others.
  expect(JSON.stringify(bodies)).not.toContain('"allOf"')
})

/** Where in a body of alternatives and fields somebody could write what nobody reads. */
function openIn(schema: JsonSchema, path = ''): readonly string[] {
  const { properties, items, anyOf = [], oneOf = [] } = schema
  const isOpen = properties && schema.additionalProperties === undefined
  return [
    ...(isOpen ? [path] : []),
    ...Object.entries(properties ?? {}).flatMap(([name, field]) => openIn(field, `${path}.${name}`)),
    ...(items ? openIn(items, `${path}[]`) : []),
    ...[...anyOf, ...oneOf].flatMap(one => openIn(one, path)),
  ]
}
