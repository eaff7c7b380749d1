import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  draftChangeSchema,
  draftListSchema,
  draftParamsSchema,
  draftQuerySchema,
  draftSavedSchema,
  draftSchema,
  draftVersionSchema,
  kindListSchema,
  kindQuerySchema,
  newDraftSchema,
  ownCallListSchema,
  placeListSchema,
  placeQuerySchema,
  suggestionShownSchema,
  suggestRequestSchema,
} from '../../drafts/api.ts'
import type { Drafts, Learning } from '../../drafts/index.ts'
import { readingRequestSchema, readingSchema } from '../../drafts/reading/api.ts'
import { type Routes, refusals } from '../route.ts'
import { writtenAs } from '../sessions.ts'
import { changed, inBody, read } from '../trail/marks.ts'
import { readerOf } from './reader.ts'

const tags = ['drafts']
const agents = { roles: ['seat', 'supervisor'] as const }

type Dependencies = {
  readonly drafts: Pick<
    Drafts,
    'allow' | 'list' | 'show' | 'version' | 'begin' | 'change' | 'discard' | 'callsToday' | 'places'
  > & {
    readonly reader: Pick<Drafts['reader'], 'read'>
    readonly kinds: Pick<Drafts['kinds'], 'search' | 'suggest'>
  }
  /** Suggestions wait until the model is ready, in the first half second after a start. */
  readonly learning: Pick<Learning, 'ready'>
}

const nameOf = ({ person }: FastifyRequest) => writtenAs(person)

export const draftRoutes =
  ({ drafts, learning }: Dependencies): Routes =>
  app => {
    app.get(
      '/drafts',
      {
        config: { ...agents, trail: { act: 'read', about: ({ query }) => query.call } },
        schema: {
          tags,
          summary: 'List open drafts',
          description:
            'The open draft of a call that you have or had, whoever writes it; a supervisor sees those of every call. Without a call your own, the latest first.',
          querystring: draftQuerySchema,
          response: { 200: draftListSchema, ...refusals(503) },
        },
      },
      async request => {
        const { call } = request.query
        if (call !== undefined) await drafts.allow(readerOf(request), { call })
        return { drafts: await drafts.list(nameOf(request), call) }
      },
    )

    app.post(
      '/drafts',
      {
        config: { ...agents, trail: { act: 'changed', about: inBody('call') } },
        schema: {
          tags,
          summary: 'Begin a draft',
          description:
            'From the first letter. A call has one open draft: where there is one already, this is written into it.',
          body: newDraftSchema,
          response: { 201: draftSavedSchema, ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { call } = request.body
        if (call !== undefined) await drafts.allow(readerOf(request), { call })
        return reply.code(201).send(await drafts.begin(request.body, nameOf(request)))
      },
    )

    app.get(
      '/drafts/:id',
      {
        config: { ...agents, trail: read('id') },
        schema: {
          tags,
          summary: 'Show a draft',
          description: 'As it stands now, with who wrote each field last.',
          params: draftParamsSchema,
          response: { 200: draftSchema, ...refusals(404, 409, 503) },
        },
      },
      async request => {
        await drafts.allow(readerOf(request), request.params)
        return drafts.show(request.params.id, nameOf(request))
      },
    )

    app.get(
      '/drafts/:id/version',
      {
        // A version number is not personal data.
        config: { ...agents, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Show at which change a draft stands',
          description: 'A page asks it again and again, and reads the draft when it is another.',
          params: draftParamsSchema,
          response: { 200: draftVersionSchema, ...refusals(404, 409, 503) },
        },
      },
      async request => {
        await drafts.allow(readerOf(request), request.params)
        return { seq: await drafts.version(request.params.id, nameOf(request)) }
      },
    )

    app.post(
      '/drafts/:id/change',
      {
        config: { ...agents, trail: changed('id') },
        schema: {
          tags,
          summary: 'Write in a draft',
          description:
            'The fields that are given. One that somebody else wrote since `seq` stays as they wrote it and is named; the others are saved.',
          params: draftParamsSchema,
          body: draftChangeSchema,
          response: { 200: draftSavedSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        await drafts.allow(readerOf(request), request.params)
        return drafts.change(request.params.id, request.body, nameOf(request))
      },
    )

    app.delete(
      '/drafts/:id',
      {
        config: { ...agents, trail: changed('id') },
        schema: {
          tags,
          summary: 'Give a draft up',
          description: 'What was written is gone.',
          params: draftParamsSchema,
          response: { 204: z.undefined().describe('Gone'), ...refusals(404, 409, 503) },
        },
      },
      async (request, reply) => {
        await drafts.allow(readerOf(request), request.params)
        await drafts.discard(request.params.id, nameOf(request))
        return reply.code(204).send()
      },
    )

    app.get(
      '/own-calls',
      {
        config: { ...agents, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List the calls that you had today',
          description: 'The latest first, with the open draft of each and the orders that were made of it.',
          response: { 200: ownCallListSchema, ...refusals(503) },
        },
      },
      async request => ({ calls: await drafts.callsToday(nameOf(request)) }),
    )

    app.get(
      '/kinds',
      {
        config: { roles: ['seat', 'dispatcher', 'supervisor', 'unit'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'Search kinds of the catalogue',
          description:
            'By code, by the names of kinds and objects, and by how citizens call them, the nearest first; what nobody calls so is found as it would be suggested.',
          querystring: kindQuerySchema,
          response: { 200: kindListSchema, ...refusals() },
        },
      },
      async ({ query: { q, limit } }) => {
        await learning.ready()
        return { kinds: drafts.kinds.search(q, limit) }
      },
    )

    app.post(
      '/suggestions',
      {
        // A suggestion is not stored, so no personal data is read.
        config: { roles: ['seat', 'dispatcher', 'supervisor'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'Suggest what a text is about',
          description:
            'Three objects of the catalogue with their kinds, how sure that is, which words weighed, whose it is in the district, what to ask and what an order has to say. It decides nothing.',
          body: suggestRequestSchema,
          response: { 200: suggestionShownSchema, ...refusals(422) },
        },
      },
      async ({ body }) => {
        await learning.ready()
        return drafts.kinds.suggest(body)
      },
    )

    app.post(
      '/readings',
      {
        // Like a suggestion, a reading is not stored.
        config: { ...agents, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Read lines of a call',
          description:
            'What they tell for an order, each with the words that it came from, and what in them cannot wait. Whoever follows a call asks for the lines that changed and the one before them. It writes nothing.',
          body: readingRequestSchema,
          response: { 200: readingSchema, ...refusals(422) },
        },
      },
      async ({ body }) => drafts.reader.read(body),
    )

    app.get(
      '/places',
      {
        config: { roles: ['seat', 'supervisor', 'unit'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'Search streets and communities',
          description:
            'By characters of their names or the first letters of their sounds, the nearest first, of the gazetteer.',
          querystring: placeQuerySchema,
          response: { 200: placeListSchema, ...refusals() },
        },
      },
      async ({ query: { q, district, limit } }) => ({ places: drafts.places.search(q, { district, limit }) }),
    )
  }
