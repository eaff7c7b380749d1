import { createReadStream } from 'node:fs'
import { z } from 'zod'
import type { CaptionRecords } from '../../captions/index.ts'
import {
  newNoteSchema,
  newReviewSchema,
  noteParamsSchema,
  noteSchema,
  recordingPageSchema,
  recordingParamsSchema,
  recordingQuerySchema,
  reviewAnswerSchema,
  reviewParamsSchema,
  reviewSchema,
} from '../../recordings/api.ts'
import type { RecordingAsker, Recordings } from '../../recordings/index.ts'
import { sendSound } from '../range.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn, type Person, writtenAs } from '../sessions.ts'
import { changed, param, read } from '../trail/marks.ts'
import { recordingShownSchema } from './api.ts'
import { shownOf } from './view.ts'

const tags = ['recordings']
/** The city's rules decide which of these roles may. */
const config = { roles: ['supervisor', 'auditor', 'seat'] as const }

type Dependencies = {
  readonly recordings: Pick<Recordings, 'list' | 'show' | 'sound' | 'note' | 'unnote' | 'review' | 'answer'>
  readonly captions: Pick<CaptionRecords, 'show'>
}

export const recordingRoutes =
  ({ recordings, captions }: Dependencies): Routes =>
  app => {
    app.get(
      '/recordings',
      {
        config: {
          ...config,
          trail: {
            act: ({ query }) => (query.number === undefined ? 'listed' : 'searched'),
            number: ({ query }) => query.number,
          },
        },
        schema: {
          tags,
          summary: 'List recordings',
          description:
            'Of calls, newest first, by order, call, agent, number and time. An agent, where the city lets them, has their own.',
          querystring: recordingQuerySchema,
          response: { 200: recordingPageSchema, ...refusals(503) },
        },
      },
      request => recordings.list(request.query, listenerOf(request.person)),
    )

    app.get(
      '/recordings/:id',
      {
        config: { ...config, trail: read('id') },
        schema: {
          tags,
          summary: 'Show a recording',
          description:
            'What it is, how loud it is in each 100 ms, what was said as far as a transcript is kept, and what was noted and judged of it.',
          params: recordingParamsSchema,
          response: { 200: recordingShownSchema, ...refusals(404, 503) },
        },
      },
      async request => {
        const detail = await recordings.show(request.params.id, listenerOf(request.person))
        return shownOf(detail, await captions.show(detail.call))
      },
    )

    app.get(
      '/recordings/:id/sound',
      {
        config: { ...config, trail: { act: 'listened', about: param('id') } },
        schema: {
          tags,
          summary: 'Hear a recording',
          description:
            'WAV, two channels of G.711: left what the citizen says, right what they hear; a part of it by `Range` (RFC 9110, section 14).',
          params: recordingParamsSchema,
          response: {
            200: z.unknown().describe('The sound'),
            206: z.unknown().describe('A part of it'),
            416: z.unknown().describe('No such part'),
            ...refusals(404, 409, 503),
          },
        },
      },
      async (request, reply) => {
        const { path, bytes } = await recordings.sound(request.params.id, listenerOf(request.person))
        return sendSound(reply, request.headers.range, bytes, ({ from, to }) =>
          createReadStream(path, { start: from, end: to }),
        )
      },
    )

    app.post(
      '/recordings/:id/notes',
      {
        config: { ...config, trail: changed('id') },
        schema: {
          tags,
          summary: 'Note something at a moment',
          description: 'For all who may listen.',
          params: recordingParamsSchema,
          body: newNoteSchema,
          response: { 200: noteSchema, ...refusals(404, 422, 503) },
        },
      },
      request => recordings.note(request.params.id, request.body, listenerOf(request.person)),
    )

    app.delete(
      '/recordings/:id/notes/:note',
      {
        config: { ...config, trail: changed('id') },
        schema: {
          tags,
          summary: 'Take a note back',
          description: 'One’s own; an administrator anybody’s.',
          params: noteParamsSchema,
          response: { 204: z.null().describe('It is gone'), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        const { id, note } = request.params
        await recordings.unnote(id, note, listenerOf(request.person))
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/recordings/:id/reviews',
      {
        config: { roles: ['supervisor'], trail: changed('id') },
        schema: {
          tags,
          summary: 'Judge an agent’s part',
          description: 'By one of the city’s quality sheets: a mark for each criterion.',
          params: recordingParamsSchema,
          body: newReviewSchema,
          response: { 200: reviewSchema, ...refusals(404, 422, 503) },
        },
      },
      request => recordings.review(request.params.id, request.body, listenerOf(request.person)),
    )

    app.post(
      '/recordings/:id/reviews/:review/answer',
      {
        config: { roles: ['seat'], trail: changed('id') },
        schema: {
          tags,
          summary: 'Answer how one was judged',
          description: 'By the agent who was judged, once.',
          params: reviewParamsSchema,
          body: reviewAnswerSchema,
          response: { 204: z.null().describe('It is kept'), ...refusals(404, 409, 503) },
        },
      },
      async (request, reply) => {
        const { id, review } = request.params
        await recordings.answer(id, review, request.body.answer, listenerOf(request.person))
        return reply.code(204).send(null)
      },
    )
  }

const listenerOf = (person: Person | null): RecordingAsker => ({
  name: writtenAs(person),
  role: memberIn(person)?.role ?? 'program',
})
