import { z } from 'zod'
import { knowledgeParams, knowledgeUsedSchema } from '../../knowledge/api.ts'
import type { KnowledgeTelling } from '../../knowledge/index.ts'
import {
  knowledgeHushBody,
  knowledgeReadOutBody,
  knowledgeSmsBody,
  knowledgeToldSchema,
} from '../../knowledge/telling/api.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn } from '../sessions.ts'
import { inBody, param } from '../trail/marks.ts'

const tags = ['knowledge']

/** Answers given at a seat: read out by the hotline's voice, or sent as a text. */
export const toldKnowledgeRoutes =
  ({ telling }: { readonly telling: KnowledgeTelling }): Routes =>
  app => {
    app.post(
      '/knowledge/:id/read-out',
      {
        config: { roles: ['seat'], trail: { act: 'changed', about: inBody('call') } },
        schema: {
          tags,
          summary: 'Read an entry out',
          description:
            'The hotline’s voice says its text to the caller whom the seat of whoever asks talks to; captions show it. Only a version that holds now.',
          params: knowledgeParams,
          body: knowledgeReadOutBody,
          response: { 200: knowledgeToldSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      ({ params, body, person }) =>
        telling.readOut(params.id, { ...body, seat: memberIn(person)?.name ?? '' }),
    )

    app.post(
      '/knowledge/hush',
      {
        config: { roles: ['seat'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'Stop reading out',
          description: 'The voice stops, and the agent is heard again.',
          body: knowledgeHushBody,
          response: { 204: z.undefined().describe('Stopped'), ...refusals(409, 422) },
        },
      },
      async ({ body, person }, reply) => {
        telling.hush(body.call, memberIn(person)?.name ?? '')
        return reply.code(204).send()
      },
    )

    app.post(
      '/knowledge/:id/sms',
      {
        config: {
          roles: ['seat'],
          trail: { act: 'changed', about: param('id'), number: inBody('number') },
        },
        schema: {
          tags,
          summary: 'Send an entry as a text message',
          description:
            'To the number that rang, where it is proved, or to one that they name; the city says which numbers it reaches, and how often. Only a version that holds now.',
          params: knowledgeParams,
          body: knowledgeSmsBody,
          response: { 200: knowledgeUsedSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      ({ params, body }) => telling.text(params.id, body),
    )
  }
