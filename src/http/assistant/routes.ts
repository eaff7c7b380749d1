import {
  assistantPlaceSchema,
  assistedReadingRequest,
  assistedReadingSchema,
  draftAnswerRequest,
  draftAnswerSchema,
} from '../../assistant/api.ts'
import type { Assistant } from '../../assistant/index.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody } from '../trail/marks.ts'

const tags = ['assistant']
const agents = { roles: ['seat', 'supervisor'] as const }
/**
 * The trail records that something of a call was sent, but not what; a call for which nothing was sent counts as
 * refused.
 */
const sent = { act: 'sent', about: inBody('call') } as const

export const assistantRoutes =
  ({ assistant }: { readonly assistant: Omit<Assistant, 'figures'> }): Routes =>
  app => {
    app.get(
      '/assistant',
      {
        config: { ...agents, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Tell whether a language model is switched on',
          description: 'And where words are sent.',
          response: { 200: assistantPlaceSchema, ...refusals() },
        },
      },
      async () => assistant.place(),
    )

    app.post(
      '/assistant/readings',
      {
        config: { ...agents, trail: sent },
        schema: {
          tags,
          summary: 'Have the model sum a call up',
          description:
            'A summary of at most 120 characters and fields for the order, each with words of the caller; what does not stand there is dropped. Numbers and names are masked before they leave. It writes nothing.',
          body: assistedReadingRequest,
          response: { 200: assistedReadingSchema, ...refusals(404, 422) },
        },
      },
      ({ body }) => assistant.read(body),
    )

    app.post(
      '/assistant/answers',
      {
        config: { ...agents, trail: sent },
        schema: {
          tags,
          summary: 'Have the model draft an answer',
          description:
            'Out of at most three entries of the knowledge base that hold now: each sentence with the entry that it stands in; what does not stand there is dropped.',
          body: draftAnswerRequest,
          response: { 200: draftAnswerSchema, ...refusals(404, 422, 503) },
        },
      },
      ({ body }) => assistant.answer(body),
    )
  }
