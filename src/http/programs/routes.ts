import { z } from 'zod'
import {
  madeProgramSchema,
  newProgramSchema,
  programListSchema,
  programParamsSchema,
} from '../../staff/api.ts'
import type { Programs } from '../../staff/index.ts'
import { actorOf } from '../guard.ts'
import { type Routes, refusals } from '../route.ts'
import { checkScopesKnown } from '../scopes.ts'
import { inBody, param, rights } from '../trail/marks.ts'

const tags = ['programs']

export const programRoutes =
  ({ programs }: { readonly programs: Pick<Programs, 'list' | 'add' | 'revoke'> }): Routes =>
  (app, { subjects }) => {
    app.get(
      '/programs',
      {
        config: { trail: 'nothing' },
        schema: {
          tags,
          summary: 'List programs',
          description: 'Who may use the API by a token, what it may do, until when, and when it did so last.',
          response: { 200: programListSchema, ...refusals(503) },
        },
      },
      async () => ({ programs: await programs.list() }),
    )

    app.post(
      '/programs',
      {
        config: { trail: rights(inBody('name')) },
        schema: {
          tags,
          summary: 'Let a program in',
          description:
            'Under a name that no program had before. The token in the answer is shown this once. No scope lets it manage staff, seats or programs, or decide what two persons decide.',
          body: newProgramSchema,
          response: { 201: madeProgramSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) => {
        checkScopesKnown(request.body.scopes, subjects())
        return reply.code(201).send(await programs.add(request.body, actorOf(request)))
      },
    )

    app.delete(
      '/programs/:name',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags,
          summary: 'Revoke a program',
          description: 'Its token opens nothing from now on; on other nodes within ten seconds.',
          params: programParamsSchema,
          response: { 204: z.undefined().describe('Revoked'), ...refusals(404, 409, 503) },
        },
      },
      async (request, reply) => {
        await programs.revoke(request.params.name, actorOf(request))
        return reply.code(204).send()
      },
    )
  }
