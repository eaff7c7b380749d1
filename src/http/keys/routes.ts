import { type Routes, refusals } from '../route.ts'
import { param, rights } from '../trail/marks.ts'
import { keyListSchema, keyParamsSchema, keySchema, rotationSchema } from './api.ts'
import type { Keys } from './keys.ts'

const tags = ['keys']

export const keyRoutes =
  ({ keys }: { readonly keys: Pick<Keys, 'list' | 'rotate'> }): Routes =>
  app => {
    app.get(
      '/keys',
      {
        config: { trail: 'nothing' },
        schema: {
          tags,
          summary: 'List keys',
          description:
            'The keys of this installation, where each lies and since when; never the keys themselves.',
          response: { 200: keyListSchema, ...refusals() },
        },
      },
      async () => ({ keys: await keys.list() }),
    )

    app.post(
      '/keys/:name/rotation',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags,
          summary: 'Put another key in the place of one',
          description:
            'What the one before has sealed opens still, unless it is to be forgotten. A token takes hold at once, the others at the next start. Of the ledger’s none is forgotten.',
          params: keyParamsSchema,
          body: rotationSchema,
          response: { 200: keySchema, ...refusals(404, 409) },
        },
      },
      async ({ params, body }) => keys.rotate(params.name, body.forget),
    )
  }
