import { z } from 'zod'
import type { Staff } from '../../staff/index.ts'
import {
  deductionAppealSchema,
  deductionDecisionSchema,
  deductionListSchema,
  deductionParamsSchema,
  deductionProposalSchema,
  deductionQuerySchema,
} from '../../supervision/deductions/api.ts'
import type { Supervision } from '../../supervision/index.ts'
import { memberOf } from '../guard.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody, param, rules } from '../trail/marks.ts'

const supervisors = { roles: ['supervisor'] as const, isForMembers: true } as const
const tags = ['supervision']
const done = z.undefined().describe('Done')

type Dependencies = {
  readonly supervision: Pick<Supervision, 'deductions'>
  readonly staff: Pick<Staff, 'checkSecondPerson'>
}

/** Deductions: points that units may lose. */
export const deductionRoutes =
  ({ supervision: { deductions }, staff }: Dependencies): Routes =>
  app => {
    const decider = oneOfTwo(staff)
    app.get(
      '/deductions',
      {
        config: { roles: ['supervisor', 'unit'], isForMembers: true, trail: 'nothing' },
        schema: {
          tags,
          summary: 'List deductions',
          description:
            'Those that wait for a decision first, then the latest. One of a unit sees their unit’s, once two persons have confirmed them.',
          querystring: deductionQuerySchema,
          response: { 200: deductionListSchema, ...refusals(503) },
        },
      },
      async request => {
        const { role, unit = '' } = memberOf(request)
        return { deductions: await deductions.list(request.query, role === 'unit' ? unit : undefined) }
      },
    )

    app.post(
      '/deductions',
      {
        config: { ...supervisors, trail: rules(inBody('order')) },
        schema: {
          tags,
          summary: 'Propose a deduction',
          description: 'What no rule sees, as a rude answer. Whoever proposes it is the first of two.',
          body: deductionProposalSchema,
          response: { 204: done, ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const by = await decider(request)
        await deductions.propose(request.body, by)
        return reply.code(204).send()
      },
    )

    app.post(
      '/deductions/:id/decision',
      {
        config: { ...supervisors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Decide on a deduction or on its appeal',
          description:
            'What is proposed takes two who agree; one who does not ends it. An appeal is decided by somebody else than those two: agreed, and the points come back.',
          params: deductionParamsSchema,
          body: deductionDecisionSchema,
          response: { 204: done, ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const by = await decider(request)
        await deductions.decide(request.params.id, request.body, by)
        return reply.code(204).send()
      },
    )

    app.post(
      '/deductions/:id/appeal',
      {
        config: { roles: ['unit'], isForMembers: true, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Appeal against a deduction',
          description: 'Once, by the unit that lost the points.',
          params: deductionParamsSchema,
          body: deductionAppealSchema,
          response: { 204: done, ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { name, unit } = memberOf(request)
        await deductions.appeal(request.params.id, request.body.words, { name, unit })
        return reply.code(204).send()
      },
    )
  }
