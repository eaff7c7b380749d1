import { z } from 'zod'
import {
  callbackActSchema,
  callbackCountsQuerySchema,
  callbackCountsSchema,
  callbackDetailSchema,
  callbackMessageParamsSchema,
  callbackPageSchema,
  callbackParamsSchema,
  callbackQuerySchema,
  callbackSchema,
} from '../../callbacks/api.ts'
import type { CallbackActor, Callbacks } from '../../callbacks/index.ts'
import { Fault } from '../../foundation/index.ts'
import { sendSound } from '../range.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn, type Person } from '../sessions.ts'
import { changed, param, read } from '../trail/marks.ts'

const tags = ['callbacks']
const config = { roles: ['seat', 'supervisor'] as const }

type Dependencies = {
  readonly callbacks: Pick<Callbacks, 'list' | 'show' | 'act' | 'message' | 'counts'>
}

export const callbackRoutes =
  ({ callbacks }: Dependencies): Routes =>
  app => {
    app.get(
      '/callbacks',
      {
        config: { ...config, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List callbacks',
          description:
            'Whoever rang and was not served, in the order of their INVITE; with `state=closed` those that are closed, the latest first.',
          querystring: callbackQuerySchema,
          response: { 200: callbackPageSchema, ...refusals(503) },
        },
      },
      request => callbacks.list(request.query),
    )

    app.get(
      '/callbacks/counts',
      {
        config: { ...config, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Count callbacks',
          description:
            'Owed and late now; kept and missed of those that came in a stretch of time, today’s when absent.',
          querystring: callbackCountsQuerySchema,
          response: { 200: callbackCountsSchema, ...refusals(503) },
        },
      },
      request => callbacks.counts(request.query),
    )

    app.get(
      '/callbacks/:id',
      {
        config: { ...config, trail: read('id') },
        schema: {
          tags,
          summary: 'Show a callback',
          description: 'One callback, and all that happened to it, in order.',
          params: callbackParamsSchema,
          response: { 200: callbackDetailSchema, ...refusals(404, 503) },
        },
      },
      request => callbacks.show(request.params.id),
    )

    app.post(
      '/callbacks/:id/acts',
      {
        config: { ...config, trail: changed('id') },
        schema: {
          tags,
          summary: 'Act on a callback',
          description:
            'Take it, give it back, or say what came of it. One that somebody else has is refused, and the answer names them.',
          params: callbackParamsSchema,
          body: callbackActSchema,
          response: { 200: callbackSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => {
        const { by, ...command } = request.body
        return callbacks.act(request.params.id, command, actorOf(request.person, by))
      },
    )

    app.get(
      '/callbacks/:id/messages/:call',
      {
        config: { ...config, trail: { act: 'listened', about: param('id') } },
        schema: {
          tags,
          summary: 'Hear a message',
          description: 'What they said, as WAV; a part of it by `Range` (RFC 9110, section 14).',
          params: callbackMessageParamsSchema,
          response: {
            200: z.unknown().describe('The sound'),
            206: z.unknown().describe('A part of it'),
            416: z.unknown().describe('No such part'),
            ...refusals(404, 503),
          },
        },
      },
      async (request, reply) => {
        const { id, call } = request.params
        const sound = await callbacks.message(id, call)
        return sendSound(reply, request.headers.range, sound.length, ({ from, to }) =>
          sound.subarray(from, to + 1),
        )
      },
    )
  }

/** The acting person: a session tells it, a program states it; neither can act as somebody else. */
function actorOf(person: Person | null, stated: string | undefined): CallbackActor {
  const member = memberIn(person)
  if (!member) {
    if (stated === undefined) throw actorFault('nothing', 'the name of whom the program acts for')
    return { person: stated, isSupervisor: true }
  }
  if (stated !== undefined)
    throw actorFault('`by` from somebody who has signed in', 'none: the session says who acts')
  const { name, role } = member
  return { person: name, isSupervisor: role === 'supervisor' || role === 'admin' }
}

const actorFault = (found: string, expected: string) =>
  new Fault({ code: 'actor-wrong', place: 'body.by', found, expected })
