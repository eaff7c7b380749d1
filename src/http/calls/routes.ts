import { Fault } from '../../foundation/index.ts'
import { callDetailSchema, callPageSchema, callParamsSchema, callQuerySchema } from '../../telephony/api.ts'
import type { CallRecords } from '../../telephony/index.ts'
import { type Routes, refusals } from '../route.ts'
import { read } from '../trail/marks.ts'
import { callDetailOf, callPageOf } from './view.ts'

/** The list of calls, and one call as a timeline. */
export const callRoutes =
  ({ calls }: { readonly calls: Pick<CallRecords, 'list' | 'find'> }): Routes =>
  app => {
    app.get(
      '/calls',
      {
        config: {
          roles: ['supervisor'],
          trail: {
            act: ({ query }) => (query.number === undefined ? 'listed' : 'searched'),
            number: ({ query }) => query.number,
          },
        },
        schema: {
          tags: ['calls'],
          summary: 'List calls',
          description:
            'Calls, newest first, a page at a time: give `next` of one page as `before` of the next.',
          querystring: callQuerySchema,
          response: { 200: callPageSchema, ...refusals(503) },
        },
      },
      async request => {
        const { limit } = request.query
        return callPageOf(await calls.list({ ...request.query, limit: limit + 1 }), limit)
      },
    )

    app.get(
      '/calls/:id',
      {
        config: { roles: ['supervisor'], trail: read('id') },
        schema: {
          tags: ['calls'],
          summary: 'Show a call',
          description: 'One call with its timeline from INVITE to BYE: prompts, keys, line, seat, quality.',
          params: callParamsSchema,
          response: { 200: callDetailSchema, ...refusals(404, 503) },
        },
      },
      async request => {
        const found = await calls.find(request.params.id)
        if (found) return callDetailOf(found)
        throw new Fault({
          code: 'call-unknown',
          place: 'params.id',
          found: `no call ${request.params.id}`,
          expected: 'the id of a call, as GET /api/calls lists them',
        })
      },
    )
  }
