import { z } from 'zod'
import { callerLanguagesSchema, callerMarkSchema, callerParamsSchema } from '../../callers/api.ts'
import type { Callers } from '../../callers/index.ts'
import { Fault, oneOf } from '../../foundation/index.ts'
import type { Flows } from '../../ivr/index.ts'
import { type Home, normaliseNumber } from '../../telephony/index.ts'
import { type Routes, refusals } from '../route.ts'
import { param } from '../trail/marks.ts'

export type CallerDependencies = {
  readonly callers: Pick<Callers, 'mark'>
  /** The home of numbers given without an area code. */
  readonly city: Home
  /** Languages in which callers are addressed. */
  readonly flows: Pick<Flows, 'current'>
}

export const callerRoutes =
  ({ callers, city, flows }: CallerDependencies): Routes =>
  app => {
    app.get(
      '/callers/languages',
      {
        config: { roles: ['seat', 'supervisor'], trail: 'nothing' },
        schema: {
          tags: ['callers'],
          summary: 'List what callers are spoken to in',
          description: 'Tags of the languages that the flows speak: a caller can be marked with one of them.',
          response: { 200: callerLanguagesSchema, ...refusals(503) },
        },
      },
      async () => ({ languages: [...flows.current().languages.keys()] }),
    )

    app.post(
      '/callers/:number/mark',
      {
        config: { roles: ['seat', 'supervisor'], trail: { act: 'changed', number: param('number') } },
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
        const { language } = request.body
        const spoken = [...flows.current().languages.keys()]
        if (language !== undefined && !spoken.includes(language))
          throw new Fault({
            code: 'request-invalid',
            place: 'body.language',
            found: `"${language}"`,
            expected: oneOf(language, spoken),
          })
        // Lines identify callers by E.164 numbers, but people write them as they dial.
        await callers.mark(normaliseNumber(request.params.number, city), request.body)
        return reply.code(204).send()
      },
    )
  }
