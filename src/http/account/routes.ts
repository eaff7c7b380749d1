import { z } from 'zod'
import { accountSchema, ownPasswordSchema, sessionParamsSchema } from '../../staff/api.ts'
import type { Staff } from '../../staff/index.ts'
import { type Routes, refusals } from '../route.ts'
import { rights } from '../trail/marks.ts'
import { factorRoutes } from './factors.ts'
import { firstOf, heldBy, ofMembers } from './held.ts'

const tags = ['account']
/** A member's own account. */
export const accountRoutes =
  ({ staff }: { readonly staff: Pick<Staff, 'own' | 'sessions' | 'factors'> }): Routes =>
  (app, kernel) => {
    factorRoutes({ staff })(app, kernel)

    app.get(
      '/account',
      {
        config: { ...firstOf, trail: 'nothing' },
        schema: {
          tags,
          summary: 'My account',
          description: 'Who one is, and where one is signed in.',
          response: { 200: accountSchema, ...refusals(503) },
        },
      },
      async request => {
        const { member, session } = heldBy(request)
        const [hasPassword, sessions, factors, recoveryLeft] = await Promise.all([
          staff.own.hasPassword(member.name),
          staff.sessions.of(member.name),
          staff.factors.list(member.name),
          staff.factors.recoveryLeft(member.name),
        ])
        const isFactorNeeded = staff.factors.isNeeded(member.role)
        return { member, hasPassword, session, sessions, factors, recoveryLeft, isFactorNeeded }
      },
    )

    app.post(
      '/account/password',
      {
        config: { ...firstOf, trail: rights(() => 'password') },
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
        config: { ...ofMembers, trail: { act: 'signed-out' } },
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
        config: { ...ofMembers, trail: { act: 'signed-out' } },
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
