import { z } from 'zod'
import { callerMarkSchema, callerParamsSchema } from '../contract.ts'
import { type Routes, refusals } from '../route.ts'

export const callerRoutes: Routes = (app, { doors }) => {
  app.post(
    '/callers/:number/mark',
    {
      config: { roles: ['seat', 'supervisor'] },
      schema: {
        tags: ['callers'],
        summary: 'Mark a caller',
        description:
          'Says whether this number is served by the flow for elder callers when it rings next, and in which language.',
        params: callerParamsSchema,
        body: callerMarkSchema,
        response: { 204: z.undefined().describe('Marked'), ...refusals(503) },
      },
    },
    async (request, reply) => {
      await doors.markCaller(request.params.number, request.body)
      return reply.code(204).send()
    },
  )
}
