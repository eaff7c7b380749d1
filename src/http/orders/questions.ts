import {
  citizenQuestionSchema,
  citizenReplySchema,
  personAskedSchema,
  personWantedSchema,
  questionParamsSchema,
  replyTakenSchema,
} from '../../orders/asking/api.ts'
import type { Orders } from '../../orders/index.ts'
import { problemSchema } from '../api.ts'
import type { Routes } from '../route.ts'

const tags = ['orders']
/** Guessing 64 bits is hopeless, but attempts are limited all the same. */
const pace = { rateLimit: { max: 30, timeWindow: 60_000 } }
const problems = { 400: problemSchema, 404: problemSchema, 429: problemSchema, 503: problemSchema }

/** What a question's page uses: open only to whoever holds the link. */
export const questionRoutes =
  ({ orders }: { readonly orders: Pick<Orders, 'questions'> }): Routes =>
  app => {
    app.get(
      '/question-links/:token',
      {
        config: pace,
        schema: {
          tags,
          summary: 'Open a question to a citizen',
          description:
            'What a unit asks, until when it may be answered, and until when the order has to be closed.',
          params: questionParamsSchema,
          response: { 200: citizenQuestionSchema, ...problems },
        },
      },
      async (request, reply) =>
        reply.header('cache-control', 'no-store').send(await orders.questions.open(request.params.token)),
    )

    app.post(
      '/question-links/:token',
      {
        config: pace,
        schema: {
          tags,
          summary: 'Answer a question',
          description: 'One answer a question; the unit is told.',
          params: questionParamsSchema,
          body: citizenReplySchema,
          response: { 200: replyTakenSchema, ...problems },
        },
      },
      request => orders.questions.reply(request.params.token, request.body.words),
    )

    app.post(
      '/question-links/:token/person',
      {
        config: pace,
        schema: {
          tags,
          summary: 'Have a person look at what was dispatched by rule',
          description:
            'By the link of the text that says so (个人信息保护法, article 24): a dispatcher looks at it. Once an order.',
          params: questionParamsSchema,
          body: personWantedSchema,
          response: { 200: personAskedSchema, ...problems },
        },
      },
      request => orders.questions.askPerson(request.params.token, request.body.words),
    )
  }
