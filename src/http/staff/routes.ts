import { z } from 'zod'
import {
  memberListSchema,
  memberParamsSchema,
  memberSchema,
  newMemberSchema,
  newPasswordSchema,
} from '../../staff/api.ts'
import type { Staff } from '../../staff/index.ts'
import { actorOf } from '../guard.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody, param, rights } from '../trail/marks.ts'

export const staffRoutes =
  ({ staff }: { readonly staff: Pick<Staff, 'list' | 'add' | 'remove' | 'setPassword'> }): Routes =>
  app => {
    app.get(
      '/staff',
      {
        config: { trail: 'nothing' },
        schema: {
          tags: ['staff'],
          summary: 'List staff',
          description: 'Everybody who works here, with their role.',
          response: { 200: memberListSchema, ...refusals(503) },
        },
      },
      async () => ({ members: await staff.list() }),
    )

    app.post(
      '/staff',
      {
        config: { trail: rights(inBody('name')) },
        schema: {
          tags: ['staff'],
          summary: 'Add a member',
          description:
            'Somebody who signs in by name and password. Role unit takes the name of its unit, too.',
          body: newMemberSchema,
          response: { 201: memberSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { display = request.body.name, ...member } = request.body
        return reply.code(201).send(await staff.add({ ...member, display }, actorOf(request)))
      },
    )

    app.delete(
      '/staff/:name',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['staff'],
          summary: 'Remove a member',
          description: 'They are signed out wherever they are.',
          params: memberParamsSchema,
          response: { 204: z.undefined().describe('Removed'), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        await staff.remove(request.params.name, actorOf(request))
        return reply.code(204).send()
      },
    )

    app.post(
      '/staff/:name/password',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['staff'],
          summary: 'Set a password',
          description: 'They are signed out wherever they are.',
          params: memberParamsSchema,
          body: newPasswordSchema,
          response: { 204: z.undefined().describe('Set'), ...refusals(404, 422, 503) },
        },
      },
      async (request, reply) => {
        await staff.setPassword(request.params.name, request.body.password, actorOf(request))
        return reply.code(204).send()
      },
    )
  }
