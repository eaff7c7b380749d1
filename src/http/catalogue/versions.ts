import { z } from 'zod'
import { catalogueParamsSchema } from '../../catalogue/api.ts'
import type { CatalogueEditions } from '../../catalogue/index.ts'
import {
  catalogueDiffQuery,
  catalogueDiffSchema,
  catalogueDraftSchema,
  catalogueEditBody,
  cataloguePublishBody,
  catalogueUseBody,
  catalogueVersionParams,
  catalogueVersionsSchema,
  catalogueWrittenSchema,
} from '../../catalogue/versions/api.ts'
import { type Routes, refusals } from '../route.ts'
import { writtenAs } from '../sessions.ts'
import { param, rules } from '../trail/marks.ts'

const tags = ['catalogue']
const readers = { roles: ['supervisor' as const], trail: 'nothing' as const }
/** Supervisors write drafts; only administrators and programs publish. */
const writers = { roles: ['supervisor' as const], trail: rules() }
/** A request may carry all files at once. */
const bodyLimit = 8 * 1024 * 1024

type Dependencies = { readonly editions: Omit<CatalogueEditions, 'close'> }

export const catalogueVersionRoutes =
  ({ editions }: Dependencies): Routes =>
  app => {
    app.get(
      '/catalogue/versions',
      {
        config: readers,
        schema: {
          tags,
          summary: 'List versions of the catalogue',
          description:
            'What holds now, what will from a later time on, and every version with its author and why. Until something was published CATALOGUE_DIR holds.',
          response: { 200: catalogueVersionsSchema, ...refusals(503) },
        },
      },
      () => editions.versions(),
    )

    app.get(
      '/catalogue/versions/:number/diff',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show what a version of the catalogue changed',
          description:
            'What is other than in the version before it, or in the one that `from` names, in the words of the catalogue.',
          params: catalogueVersionParams,
          querystring: catalogueDiffQuery,
          response: { 200: catalogueDiffSchema, ...refusals(404, 503) },
        },
      },
      ({ params, query }) => editions.diff(query.from, params.number),
    )

    app.get(
      '/catalogue/draft',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show the draft of the catalogue',
          description: 'What is other in it, and all that keeps it from being published, with file and line.',
          response: { 200: catalogueDraftSchema, ...refusals(503) },
        },
      },
      () => editions.draft(),
    )

    app.get(
      '/catalogue/written/:code',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show how a kind of the catalogue is written',
          description: 'Its object as the file has it: in the draft, or in what holds where there is none.',
          params: catalogueParamsSchema,
          response: { 200: catalogueWrittenSchema, ...refusals(404, 503) },
        },
      },
      ({ params }) => editions.written(params.code),
    )

    app.post(
      '/catalogue/draft',
      {
        config: writers,
        bodyLimit,
        schema: {
          tags,
          summary: 'Write in the draft of the catalogue',
          description:
            'Values in its files, or whole files; the first begins a draft. There is one, and it holds nowhere. What is wrong in it is said at once, and kept all the same.',
          body: catalogueEditBody,
          response: { 200: catalogueDraftSchema, ...refusals(409, 413, 422, 503) },
        },
      },
      request => editions.edit(request.body, writtenAs(request.person)),
    )

    app.delete(
      '/catalogue/draft',
      {
        config: writers,
        schema: {
          tags,
          summary: 'Give the draft of the catalogue up',
          description: 'What was written in it is gone.',
          response: { 204: z.undefined().describe('Gone'), ...refusals(404, 503) },
        },
      },
      async (_request, reply) => {
        await editions.discard()
        return reply.code(204).send()
      },
    )

    app.post(
      '/catalogue/versions',
      {
        config: { trail: rules() },
        schema: {
          tags,
          summary: 'Publish the draft of the catalogue',
          description:
            'It becomes a version and holds on every node, at once or from the time that is named. With anything wrong in it it is refused, each fault with its place.',
          body: cataloguePublishBody,
          response: { 201: catalogueVersionsSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await editions.publish(request.body, writtenAs(request.person))),
    )

    app.post(
      '/catalogue/versions/:number/use',
      {
        config: { trail: rules(param('number')) },
        schema: {
          tags,
          summary: 'Have a version of the catalogue hold',
          description:
            'One that was published before, at once or from the time that is named. What was to hold from a later time on does not, unless that is decided anew.',
          params: catalogueVersionParams,
          body: catalogueUseBody,
          response: { 200: catalogueVersionsSchema, ...refusals(404, 422, 503) },
        },
      },
      request => editions.use(request.params.number, request.body.fromMs, writtenAs(request.person)),
    )
  }
