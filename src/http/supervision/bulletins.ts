import { Readable } from 'node:stream'
import { z } from 'zod'
import type { OrderRules } from '../../orders/index.ts'
import type { Staff } from '../../staff/index.ts'
import { rankingFileQuerySchema } from '../../supervision/api.ts'
import {
  bulletinDecisionSchema,
  bulletinEditSchema,
  bulletinListSchema,
  bulletinParamsSchema,
  bulletinSchema,
  newBulletinSchema,
} from '../../supervision/bulletins/api.ts'
import type { Bulletins } from '../../supervision/index.ts'
import { memberOf } from '../guard.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody, param, rules } from '../trail/marks.ts'
import { bulletinFile } from './bulletin-file.ts'

const supervisors = { roles: ['supervisor'] as const, isForMembers: true } as const
const readers = { roles: ['supervisor', 'unit'] as const, isForMembers: true, trail: 'nothing' } as const
const tags = ['supervision']
const done = z.undefined().describe('Done')
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Dependencies = {
  readonly bulletins: Bulletins
  readonly staff: Pick<Staff, 'checkSecondPerson'>
  readonly orders: { readonly rules: Pick<OrderRules, 'categories'> }
}

/** Bulletins: a month's units for a district or the whole city. */
export const bulletinRoutes =
  ({ bulletins, staff, orders }: Dependencies): Routes =>
  app => {
    const decider = oneOfTwo(staff)
    const unitOf = (request: Parameters<typeof memberOf>[0]) => {
      const { role, unit = '' } = memberOf(request)
      return role === 'unit' ? unit : undefined
    }

    app.get(
      '/bulletins',
      {
        config: readers,
        schema: {
          tags,
          summary: 'List bulletins',
          description: 'One of a unit sees those that were published for its district or the whole city.',
          response: { 200: bulletinListSchema, ...refusals(503) },
        },
      },
      async request => ({ bulletins: await bulletins.list(unitOf(request)) }),
    )

    app.get(
      '/bulletins/:id',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show a bulletin',
          description:
            'A draft has the figures of now; one that was published those that it was published with, and their digest.',
          params: bulletinParamsSchema,
          response: { 200: bulletinSchema, ...refusals(404, 503) },
        },
      },
      async request => bulletins.show(request.params.id, unitOf(request)),
    )

    app.get(
      '/bulletins/:id/xlsx',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show a bulletin, as XLSX',
          description: 'The same as one sheet.',
          params: bulletinParamsSchema,
          querystring: rankingFileQuerySchema.pick({ lang: true }),
          response: { 200: z.unknown().describe('The file'), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        const bulletin = await bulletins.show(request.params.id, unitOf(request))
        const { categories } = orders.rules
        const file = bulletinFile(bulletin, request.query.lang, id => categories.get(id)?.name ?? id)
        reply.header('content-disposition', `attachment; filename="bulletin-${bulletin.month}.xlsx"`)
        return reply.type(sheet).send(Readable.from(file))
      },
    )

    app.post(
      '/bulletins',
      {
        config: { ...supervisors, trail: rules(inBody('month')) },
        schema: {
          tags,
          summary: 'Begin a bulletin',
          description: 'Of a month that is over. Its words are a draft; its figures are nobody’s to write.',
          body: newBulletinSchema,
          response: { 201: z.object({ id: z.string() }), ...refusals(422, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send({ id: await bulletins.begin(request.body, memberOf(request).name) }),
    )

    app.post(
      '/bulletins/:id/words',
      {
        config: { ...supervisors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Write the words of a draft',
          description: 'With the revision that was read; refused where somebody wrote since.',
          params: bulletinParamsSchema,
          body: bulletinEditSchema,
          response: { 204: done, ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        await bulletins.write(request.params.id, request.body)
        return reply.code(204).send()
      },
    )

    app.post(
      '/bulletins/:id/publish',
      {
        config: { ...supervisors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Publish a bulletin',
          description:
            'With the figures of this moment. One that carries deductions waits for a second person.',
          params: bulletinParamsSchema,
          response: { 204: done, ...refusals(404, 409, 503) },
        },
      },
      async (request, reply) => {
        const by = await decider(request)
        await bulletins.publish(request.params.id, by)
        return reply.code(204).send()
      },
    )

    app.post(
      '/bulletins/:id/decision',
      {
        config: { ...supervisors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Agree to a bulletin with deductions, or make it a draft again',
          description: 'By another person than the one who published it.',
          params: bulletinParamsSchema,
          body: bulletinDecisionSchema,
          response: { 204: done, ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const by = await decider(request)
        await bulletins.decide(request.params.id, request.body.agreed, by)
        return reply.code(204).send()
      },
    )
  }
