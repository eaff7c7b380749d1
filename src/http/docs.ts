import swagger from '@fastify/swagger'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { closed } from './closed.ts'
import type { App } from './server.ts'

/** The OpenAPI document at /docs/json, generated from the schemas and shown by the page /docs. */
export async function addDocs(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '接听 Jieting',
        description: "The voice service of a city's 12345 citizen hotline.",
        version: '0.1.0',
      },
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              'The token that the first start made, in DATA_DIR/api-token, which may do all; or one of a program, made by POST /api/programs, which may do what its scopes say.',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'jieting',
            description: 'Of who has signed in, by POST /session; a role opens what it is for.',
          },
        },
      },
    },
    transform(document) {
      const { schema, url } = jsonSchemaTransform(document)
      return { schema: { ...schema, body: closed(schema.body) }, url }
    },
  })
  app.get('/docs/json', { config: { at: 'operations' }, schema: { hide: true } }, () => app.swagger())
}
