import type { Learning } from '../../drafts/index.ts'
import { kindModelListSchema, kindModelParamsSchema, kindModelSchema } from '../../drafts/learning/api.ts'
import { type Routes, refusals } from '../route.ts'
import { writtenAs } from '../sessions.ts'
import { param, rules } from '../trail/marks.ts'

const tags = ['drafts']
const supervisors = { roles: ['supervisor'] as const }

type Dependencies = { readonly learning: Pick<Learning, 'list' | 'show' | 'use'> }

/** Models of kinds: what each learnt, and which one suggests. */
export const kindModelRoutes =
  ({ learning }: Dependencies): Routes =>
  app => {
    app.get(
      '/kind-models',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'List models of kinds',
          description:
            'Which suggests now and why, what each night learnt, what it refused, and what the next has to learn from.',
          response: { 200: kindModelListSchema, ...refusals(503) },
        },
      },
      () => learning.list(),
    )

    app.get(
      '/kind-models/:version',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Show a model of kinds',
          description: 'Its figures by kind beside those of what was in use then, and what it took for what.',
          params: kindModelParamsSchema,
          response: { 200: kindModelSchema, ...refusals(404, 503) },
        },
      },
      ({ params }) => learning.show(params.version),
    )

    app.post(
      '/kind-models/:version/use',
      {
        config: { ...supervisors, trail: rules(param('version')) },
        schema: {
          tags,
          summary: 'Suggest kinds by another model',
          description:
            'On every node, from now on; 0 is the catalogue alone. The next night learns on from it.',
          params: kindModelParamsSchema,
          response: { 200: kindModelListSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => learning.use(request.params.version, writtenAs(request.person)),
    )
  }
