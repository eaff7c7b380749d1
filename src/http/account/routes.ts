import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Fault } from '../../foundation/index.ts'
import { accountSchema, ownPasswordSchema, sessionParamsSchema } from '../../staff/api.ts'
import type { Staff } from '../../staff/index.ts'
import { type Routes, refusals } from '../route.ts'
import { isProgram } from '../sessions.ts'
import { rights } from '../trail/marks.ts'

const tags = ['account']
const roles = ['seat', 'supervisor', 'unit', 'auditor'] as const
/** Open to who has to choose a password first, or they never could. */
const first = { roles, isOpenToOwing: true } as const

/** Whoever has signed in, and the session by which they ask. @throws Fault `member-needed` for a program */
function heldBy({ person }: FastifyRequest) {
  if (person && !isProgram(person)) return person
  throw new Fault({
    code: 'member-needed',
    place: 'request',
    found: 'a program',
    expected: 'somebody who has signed in',
  })
}

/** What members see and do of their own account. */
export const accountRoutes =
  ({ staff }: { readonly staff: Pick<Staff, 'own' | 'sessions'> }): Routes =>
  app => {
    app.get(
      '/account',
      {
        config: { ...first, trail: 'nothing' },
        schema: {
          tags,
          summary: 'My account',
          description: 'Who one is, and where one is signed in.',
          response: { 200: accountSchema, ...refusals(503) },
        },
      },
      async request => {
        const { member, session } = heldBy(request)
        const [hasPassword, sessions] = await Promise.all([
          staff.own.hasPassword(member.name),
          staff.sessions.of(member.name),
        ])
        return { member, hasPassword, session, sessions }
      },
    )

    app.post(
      '/account/password',
      {
        config: { ...first, trail: rights(() => 'password') },
        schema: {
          tags,
          summary: 'Change my password',
          description: 'With the one that is good now. One’s sessions in other browsers end.',
          body: ownPasswordSchema,
          response: { 204: z.undefined().describe('Changed'), ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) => {
        await staff.own.changePassword(heldBy(request), request.body)
        return reply.code(204).send()
      },
    )

    app.delete(
      '/account/sessions',
      {
        config: { roles, trail: { act: 'signed-out' } },
        schema: {
          tags,
          summary: 'End my other sessions',
          description: 'All but the one that asks.',
          response: { 204: z.undefined().describe('Ended'), ...refusals(503) },
        },
      },
      async (request, reply) => {
        const { member, session } = heldBy(request)
        await staff.sessions.endAll(member.name, session)
        return reply.code(204).send()
      },
    )

    app.delete(
      '/account/sessions/:id',
      {
        config: { roles, trail: { act: 'signed-out' } },
        schema: {
          tags,
          summary: 'End a session of mine',
          description: 'Whatever is open under it closes.',
          params: sessionParamsSchema,
          response: { 204: z.undefined().describe('Ended'), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        await staff.sessions.end(heldBy(request).member.name, request.params.id)
        return reply.code(204).send()
      },
    )
  }
