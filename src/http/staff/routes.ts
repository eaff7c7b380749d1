import { z } from 'zod'
import {
  factorListSchema,
  memberChangeSchema,
  memberListSchema,
  memberParamsSchema,
  memberSchema,
  newMemberSchema,
  newPasswordSchema,
  removalSchema,
  rightsChangeListSchema,
  sessionListSchema,
  sessionParamsSchema,
} from '../../staff/api.ts'
import type { Staff } from '../../staff/index.ts'
import { actorOf } from '../guard.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn } from '../sessions.ts'
import { inBody, param, rights } from '../trail/marks.ts'

export const staffRoutes =
  ({
    staff,
  }: {
    readonly staff: Pick<
      Staff,
      | 'list'
      | 'add'
      | 'changeRights'
      | 'rightsChanges'
      | 'remove'
      | 'setPassword'
      | 'sessions'
      | 'factors'
      | 'checkSecondPerson'
    >
  }): Routes =>
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
            'Somebody who signs in by name and password, and chooses another password then. Role unit takes the name of its unit, too.',
          body: newMemberSchema,
          response: { 201: memberSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { display = request.body.name, ...member } = request.body
        return reply
          .code(201)
          .send(await staff.add({ ...member, display, temporary: true }, actorOf(request)))
      },
    )

    app.post(
      '/staff/:name/change',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['staff'],
          summary: 'Change a member',
          description:
            'Another name to read, role or unit. With another role or unit they are signed out wherever they are, and take part in no decision of two persons for SECOND_PERSON_HOURS. Nobody changes their own; of who comes by the city’s provider it is said there.',
          params: memberParamsSchema,
          body: memberChangeSchema,
          response: { 200: memberSchema, ...refusals(403, 404, 409, 422, 503) },
        },
      },
      request => staff.changeRights(request.params.name, request.body, actorOf(request)),
    )

    app.get(
      '/staff/:name/changes',
      {
        config: { roles: ['auditor'], trail: 'nothing' },
        schema: {
          tags: ['staff'],
          summary: 'Who changed what a member may do',
          description: 'Each change of their rights, or of their password by others, the latest first.',
          params: memberParamsSchema,
          response: { 200: rightsChangeListSchema, ...refusals(503) },
        },
      },
      async request => ({ changes: await staff.rightsChanges(request.params.name) }),
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
          description: 'They are signed out wherever they are, and choose another when they sign in by it.',
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

    app.get(
      '/staff/:name/factors',
      {
        config: { trail: 'nothing' },
        schema: {
          tags: ['staff'],
          summary: 'Second factors of a member',
          description: 'Apps for codes and passkeys, and when each was used last.',
          params: memberParamsSchema,
          response: { 200: factorListSchema, ...refusals(404, 503) },
        },
      },
      async request => ({ factors: await staff.factors.of(request.params.name) }),
    )

    app.post(
      '/staff/:name/factors/removal',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['staff'],
          summary: 'Remove all second factors of a member',
          description:
            'For who has lost them; their sessions end. Of a supervisor, an auditor and an admin another administrator agrees within a day, by the same call.',
          params: memberParamsSchema,
          response: { 200: removalSchema, ...refusals(404, 503) },
        },
      },
      async request => {
        const { name } = request.params
        const member = memberIn(request.person)
        if (member) await staff.checkSecondPerson(member.name)
        return staff.factors.removeOf(name, actorOf(request))
      },
    )

    app.get(
      '/staff/:name/sessions',
      {
        config: { trail: 'nothing' },
        schema: {
          tags: ['staff'],
          summary: 'Where a member is signed in',
          description: 'Each session with its browser, since when, and when somebody was last there.',
          params: memberParamsSchema,
          response: { 200: sessionListSchema, ...refusals(404, 503) },
        },
      },
      async request => ({ sessions: await staff.sessions.of(request.params.name) }),
    )

    app.delete(
      '/staff/:name/sessions',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['staff'],
          summary: 'Sign a member out everywhere',
          description: 'Whatever is open under their sessions closes.',
          params: memberParamsSchema,
          response: { 204: z.undefined().describe('Signed out'), ...refusals(503) },
        },
      },
      async (request, reply) => {
        await staff.sessions.endAll(request.params.name)
        return reply.code(204).send()
      },
    )

    app.delete(
      '/staff/:name/sessions/:id',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['staff'],
          summary: 'End a session of a member',
          description: 'Whatever is open under it closes.',
          params: memberParamsSchema.extend(sessionParamsSchema.shape),
          response: { 204: z.undefined().describe('Ended'), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        await staff.sessions.end(request.params.name, request.params.id)
        return reply.code(204).send()
      },
    )
  }
