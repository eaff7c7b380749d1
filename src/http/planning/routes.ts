import { z } from 'zod'
import {
  ownForecastSchema,
  planQuerySchema,
  planSchema,
  shiftsQuerySchema,
  shiftsSchema,
} from '../../planning/api.ts'
import { type Planning, planCsv } from '../../planning/index.ts'
import { type Routes, refusals } from '../route.ts'

const supervisors = { roles: ['supervisor'] as const }
const tags = ['planning']

/** Staffing plans. */
export const planningRoutes =
  ({ planning }: { readonly planning: Planning }): Routes =>
  app => {
    app.get(
      '/plan',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Plan a day by what was',
          description:
            'Agents by half-hour for the target, by Erlang C and by Erlang A, beside who was there: calls are the median of days of that kind, handling and patience their means.',
          querystring: planQuerySchema,
          response: { 200: planSchema, ...refusals(422, 503) },
        },
      },
      async request => planning.plan(request.query),
    )

    app.get(
      '/plan/csv',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Plan a day by what was, as CSV',
          description: 'The same as a table, which can be changed and sent back as a forecast of your own.',
          querystring: planQuerySchema,
          response: { 200: z.string().describe('A line a half-hour (RFC 4180)'), ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { day } = request.query
        const csv = planCsv(await planning.plan(request.query))
        reply.header('content-disposition', `attachment; filename="plan-${day}.csv"`)
        return reply.type('text/csv; charset=utf-8').send(csv)
      },
    )

    app.get(
      '/shifts',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Show who was there when',
          description: 'Everybody who was there on a day: when they worked, and when they were on a break.',
          querystring: shiftsQuerySchema,
          response: { 200: shiftsSchema, ...refusals(422, 503) },
        },
      },
      async request => planning.shifts(request.query.date),
    )

    app.post(
      '/plan',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Plan a day by a forecast of your own',
          description:
            'The same with calls by half-hour as given; what it does not say of handling and patience is taken from history.',
          querystring: planQuerySchema,
          body: ownForecastSchema,
          response: { 200: planSchema, ...refusals(422, 503) },
        },
      },
      async request => planning.plan(request.query, request.body),
    )
  }
