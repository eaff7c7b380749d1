import { Fault } from '../../foundation/index.ts'
import { callDetailSchema, callPageSchema, callParamsSchema, callQuerySchema } from '../contract.ts'
import { type Routes, refusals } from '../route.ts'

export const callRoutes: Routes = (app, { doors }) => {
  app.get(
    '/calls',
    {
      config: { roles: ['supervisor'] },
      schema: {
        tags: ['calls'],
        summary: 'List calls',
        description:
          'Calls, newest first, a page at a time: give `next` of one page as `before` of the next.',
        querystring: callQuerySchema,
        response: { 200: callPageSchema, ...refusals(503) },
      },
    },
    request => doors.listCalls(request.query),
  )

  app.get(
    '/calls/:id',
    {
      config: { roles: ['supervisor'] },
      schema: {
        tags: ['calls'],
        summary: 'Show a call',
        description: 'One call with its timeline from INVITE to BYE: prompts, keys, line, seat, quality.',
        params: callParamsSchema,
        response: { 200: callDetailSchema, ...refusals(404, 503) },
      },
    },
    async request => {
      const call = await doors.showCall(request.params.id)
      if (call) return call
      throw new Fault({
        code: 'call-unknown',
        place: 'params.id',
        found: `no call ${request.params.id}`,
        expected: 'the id of a call, as GET /api/calls lists them',
      })
    },
  )
}
