import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { orderParamsSchema } from '../../orders/api.ts'
import { erasureDecisionSchema, erasureListSchema, erasureRequestSchema } from '../../orders/erasing/api.ts'
import type { Orders } from '../../orders/index.ts'
import type { Staff } from '../../staff/index.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { changed, param } from '../trail/marks.ts'

const supervisors = { roles: ['supervisor'] as const }
const ofTwo = { ...supervisors, isForMembers: true }
const tags = ['orders']

/** An erasure takes two signed-in members: a program has no name, so it can neither ask for one nor agree to it. */
export const erasureRoutes =
  ({
    orders,
    staff,
  }: {
    readonly orders: Pick<Orders, 'erasure'>
    readonly staff: Pick<Staff, 'checkSecondPerson'>
  }): Routes =>
  app => {
    const decider = oneOfTwo(staff)
    const supervisor = async (request: FastifyRequest) =>
      ({ role: 'supervisor', person: await decider(request) }) as const

    app.get(
      '/orders/erasures',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'List erasures of orders',
          description: 'Those that wait for a second person first, then the latest; by whom, and why.',
          response: { 200: erasureListSchema, ...refusals(503) },
        },
      },
      async () => ({ erasures: await orders.erasure.list() }),
    )

    app.post(
      '/orders/:number/erasure',
      {
        config: { ...ofTwo, trail: changed('number') },
        schema: {
          tags,
          summary: 'Ask that an order is erased',
          description: 'A closed one. Another member has to agree.',
          params: orderParamsSchema,
          body: erasureRequestSchema,
          response: { 204: z.undefined().describe('Asked for'), ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const by = await supervisor(request)
        await orders.erasure.ask(request.params.number, request.body.because, by)
        return reply.code(204).send()
      },
    )

    app.post(
      '/orders/:number/erasure/decision',
      {
        config: {
          ...ofTwo,
          trail: {
            act: ({ body }) => (body.agreed === true ? 'erased' : 'changed'),
            about: param('number'),
          },
        },
        schema: {
          tags,
          summary: 'Decide whether an order is erased',
          description:
            'By somebody else than whoever asked for it. Agreed, the order, its history, its files and the citizen’s numbers go; its citizen has to have been asked, and what was answered stays in the rates.',
          params: orderParamsSchema,
          body: erasureDecisionSchema,
          response: { 204: z.undefined().describe('Decided'), ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const by = await supervisor(request)
        await orders.erasure.decide(request.params.number, request.body.agreed, by)
        return reply.code(204).send()
      },
    )
  }
