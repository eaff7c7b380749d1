import { z } from 'zod'
import {
  behindQuerySchema,
  behindSchema,
  rankingFileQuerySchema,
  rankingQuerySchema,
  rankingSchema,
} from '../../supervision/api.ts'
import type { Supervision } from '../../supervision/index.ts'
import { type Routes, refusals } from '../route.ts'
import { rankingFile } from './file.ts'

const supervisors = { roles: ['supervisor'] as const }
const tags = ['supervision']

/** The monthly comparison of units. */
export const supervisionRoutes =
  ({ supervision }: { readonly supervision: Supervision }): Routes =>
  app => {
    app.get(
      '/ranking',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Rank units of a month',
          description:
            'Units with those of their group and size, by how much better or worse they were judged than all units for orders of the same categories; each rate with its interval and its counts. Too few answers, and a unit is shown without a rank.',
          querystring: rankingQuerySchema,
          response: { 200: rankingSchema, ...refusals(503) },
        },
      },
      async request => supervision.ranking(request.query),
    )

    app.get(
      '/ranking/csv',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Rank units of a month, as CSV',
          description: 'The same as a table, a line a unit.',
          querystring: rankingFileQuerySchema,
          response: { 200: z.string().describe('A line a unit (RFC 4180)'), ...refusals(503) },
        },
      },
      async (request, reply) => {
        const ranking = await supervision.ranking(request.query)
        reply.header('content-disposition', `attachment; filename="ranking-${ranking.month}.csv"`)
        return reply.type('text/csv; charset=utf-8').send(rankingFile(ranking, request.query.lang))
      },
    )

    app.get(
      '/ranking/orders',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'List the orders behind a figure',
          description: 'Closings of a unit in a month of which citizens said this.',
          querystring: behindQuerySchema,
          response: { 200: behindSchema, ...refusals(503) },
        },
      },
      async request => supervision.behind(request.query),
    )
  }
