import { Fault } from '../../foundation/index.ts'
import { linkAnswerSchema, linkParamsSchema, linkStateSchema, linkTakenSchema } from '../../surveys/api.ts'
import type { Surveys } from '../../surveys/index.ts'
import { problemSchema } from '../api.ts'
import type { Routes } from '../route.ts'

const tags = ['survey calls']

/** Guessing 128 bits is hopeless, but attempts are limited all the same. */
const pace = { rateLimit: { max: 30, timeWindow: 60_000 } }
const problems = { 400: problemSchema, 404: problemSchema, 429: problemSchema, 503: problemSchema }

/** What a survey link's page uses: open only to whoever holds the link. */
export const linkRoutes =
  ({ surveys }: { readonly surveys: Pick<Surveys, 'link'> }): Routes =>
  app => {
    app.get(
      '/survey-links/:token',
      {
        config: pace,
        schema: {
          tags,
          summary: 'Open a link',
          description: 'Whether the link of a text message may still be answered.',
          params: linkParamsSchema,
          response: { 200: linkStateSchema, ...problems },
        },
      },
      async (request, reply) => {
        const state = await surveys.link.open(request.params.token)
        if (!state) throw unknownLink()
        return reply.header('cache-control', 'no-store').send({ state })
      },
    )

    app.post(
      '/survey-links/:token',
      {
        config: pace,
        schema: {
          tags,
          summary: 'Answer by a link',
          description: 'One answer a link; it counts as keys pressed in a call do.',
          params: linkParamsSchema,
          body: linkAnswerSchema,
          response: { 200: linkTakenSchema, ...problems },
        },
      },
      async request => {
        const state = await surveys.link.answer(request.params.token, request.body)
        if (!state) throw unknownLink()
        return { state }
      },
    )
  }

const unknownLink = () =>
  new Fault({
    code: 'link-unknown',
    place: 'params.token',
    found: 'a link that opens nothing',
    expected: 'the whole link of the text message',
  })
