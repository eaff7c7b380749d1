import { Fault } from '../../foundation/index.ts'
import { type DialRequest, dialedSchema, dialRequestSchema } from '../../telephony/api.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody } from '../trail/marks.ts'

/** ITU-T E.164: a plus, a country code that begins with 1 to 9, 15 digits at most. */
const e164 = /^\+[1-9]\d{6,14}$/

export type DialDependencies = {
  /** Rings, and resolves once the call is answered. @throws Fault `flow-unknown`, or as `Line.dial` */
  dial(asked: DialRequest): Promise<{ readonly id: string }>
  /** Short service numbers that may be rung in addition to E.164 numbers. */
  readonly shortNumbers: readonly string[]
}

export const dialRoutes =
  ({ dial, shortNumbers }: DialDependencies): Routes =>
  app => {
    app.post(
      '/dial',
      {
        config: { trail: { act: 'called', number: inBody('number') } },
        schema: {
          tags: ['calls'],
          summary: 'Ring someone',
          description:
            'Rings a number through the trunk and runs a flow on the call. Answers once the other end has answered, or says why it has not.',
          body: dialRequestSchema,
          response: { 200: dialedSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        const { number } = request.body
        if (e164.test(number) || shortNumbers.includes(number)) return { call: (await dial(request.body)).id }
        throw new Fault({
          code: 'number-not-dialable',
          place: 'body.number',
          found: JSON.stringify(number),
          expected: ['an E.164 number, as +8613800138000', ...shortNumbers].join(', or '),
        })
      },
    )
  }
