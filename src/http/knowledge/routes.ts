import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  knowledgeActBody,
  knowledgeChangeBody,
  knowledgeDetailSchema,
  knowledgeDiffQuery,
  knowledgeDiffSchema,
  knowledgeDraftBody,
  knowledgeExamplesWithdrawn,
  knowledgeExportParams,
  knowledgeFoundSchema,
  knowledgeImportBody,
  knowledgeImportedSchema,
  knowledgeInboxSchema,
  knowledgeListQuery,
  knowledgeListSchema,
  knowledgeParams,
  knowledgeReviewBody,
  knowledgeReviewedSchema,
  knowledgeSearchBody,
  knowledgeUseBody,
  knowledgeUsedSchema,
} from '../../knowledge/api.ts'
import { knowledgeFiguresQuery, knowledgeShownFiguresSchema } from '../../knowledge/counted/api.ts'
import type { Knowledge, KnowledgeActor } from '../../knowledge/index.ts'
import { type Orders, unitIdOf } from '../../orders/index.ts'
import type { Role } from '../../staff/api.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn, writtenAs } from '../sessions.ts'
import { param, rules } from '../trail/marks.ts'

const tags = ['knowledge']
const readers = { roles: ['seat', 'supervisor', 'unit'] satisfies Role[], trail: 'nothing' as const }
const editors = { roles: ['supervisor', 'unit'] satisfies Role[] }
/** Base64 of the largest file, and the JSON around it. */
const importLimit = 28 * 1024 * 1024
const searchLimit = 1024 * 1024

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  md: 'text/markdown; charset=utf-8',
}

type Dependencies = {
  readonly knowledge: Omit<Knowledge, 'cited' | 'handlers' | 'figures' | 'forgetters' | 'close'>
  readonly orders: Pick<Orders, 'rules' | 'consultations'>
}

/** The acting person: a session's member; a program is no person. Earlier versions stored a member's unit by name. */
export const knowledgeActorsOf =
  (rules: Orders['rules']) =>
  ({ person }: FastifyRequest): KnowledgeActor => {
    const member = memberIn(person)
    if (!member) return { name: writtenAs(person), role: 'program' }
    const { name, role, unit } = member
    return { name, role, unit: unit === undefined ? undefined : unitIdOf(unit, rules) }
  }

export const knowledgeRoutes =
  ({ knowledge, orders }: Dependencies): Routes =>
  app => {
    const knowledgeActorOf = knowledgeActorsOf(orders.rules)
    app.post(
      '/knowledge/search',
      {
        config: readers,
        bodyLimit: searchLimit,
        schema: {
          tags,
          summary: 'Search the knowledge base',
          description:
            'What answers now and fits what was typed or said, the best first: by words, other words that mean the same, and by how they sound. Of a long text the end counts.',
          body: knowledgeSearchBody,
          response: { 200: knowledgeFoundSchema, ...refusals(413, 422, 503) },
        },
      },
      request => knowledge.search(request.body),
    )

    app.get(
      '/knowledge',
      {
        config: readers,
        schema: {
          tags,
          summary: 'List entries',
          description: 'In the order in which they were first drafted.',
          querystring: knowledgeListQuery,
          response: { 200: knowledgeListSchema, ...refusals(422, 503) },
        },
      },
      request => knowledge.list(request.query),
    )

    app.get(
      '/knowledge/inbox',
      {
        config: readers,
        schema: {
          tags,
          summary: 'What waits for me',
          description:
            'Reviews of what others wrote, entries of mine that end within 30 or 7 days, and drafts of mine.',
          response: { 200: knowledgeInboxSchema, ...refusals(503) },
        },
      },
      request => knowledge.inbox(knowledgeActorOf(request)),
    )

    app.get(
      '/knowledge/figures',
      {
        config: { ...editors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'What entries are good for',
          description:
            'Searches without an answer, entries without use, and consultations that were answered at once, by unit; a unit sees its own.',
          querystring: knowledgeFiguresQuery,
          response: { 200: knowledgeShownFiguresSchema, ...refusals(422, 503) },
        },
      },
      async request => {
        const actor = knowledgeActorOf(request)
        const { days } = request.query
        const [counted, consultations] = await Promise.all([
          knowledge.counted(days, actor),
          orders.consultations(days, actor.role === 'unit' ? (actor.unit ?? '') : undefined),
        ])
        return { ...counted, consultations }
      },
    )

    app.get(
      '/knowledge/export/:format',
      {
        config: { ...editors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Export entries',
          description:
            'As CSV, XLSX or Markdown, which can be taken in again: of each what answers, or the newest where nothing does. A unit gets its own.',
          params: knowledgeExportParams,
          response: { 200: z.unknown().describe('The file'), ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { format } = request.params
        const bytes = await knowledge.export(format, knowledgeActorOf(request))
        return reply
          .type(types[format])
          .header('content-disposition', `attachment; filename="knowledge.${format}"`)
          .header('cache-control', 'private, no-store')
          .send(Buffer.from(bytes))
      },
    )

    app.post(
      '/knowledge/import',
      {
        config: { ...editors, trail: rules() },
        bodyLimit: importLimit,
        schema: {
          tags,
          summary: 'Import entries',
          description:
            'CSV, XLSX or Markdown, at most 20 MB. New questions become drafts, known ones a new version; rows that do not fit are named by row and column, and the others are taken.',
          body: knowledgeImportBody,
          response: { 200: knowledgeImportedSchema, ...refusals(413, 422, 503) },
        },
      },
      request =>
        knowledge.import(
          { name: request.body.name, bytes: Buffer.from(request.body.data, 'base64') },
          request.body.submit,
          knowledgeActorOf(request),
        ),
    )

    app.post(
      '/knowledge',
      {
        config: { ...editors, trail: rules() },
        schema: {
          tags,
          summary: 'Draft an entry',
          description: 'It answers nothing before a second person has published it.',
          body: knowledgeDraftBody,
          response: { 201: knowledgeDetailSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await knowledge.draft(request.body, knowledgeActorOf(request))),
    )

    app.post(
      '/knowledge/reviews',
      {
        config: { roles: ['supervisor'], trail: rules() },
        schema: {
          tags,
          summary: 'Review entries',
          description:
            'Publishes them or sends them back, each by itself: one that is refused keeps no other back. Whoever wrote any of it cannot, nor can a program.',
          body: knowledgeReviewBody,
          response: { 200: knowledgeReviewedSchema, ...refusals(422, 503) },
        },
      },
      request => knowledge.review(request.body, knowledgeActorOf(request)),
    )

    app.get(
      '/knowledge/:id',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show an entry',
          description: 'Every version of it, what happened to it, and what whoever asks may do with it now.',
          params: knowledgeParams,
          response: { 200: knowledgeDetailSchema, ...refusals(404, 503) },
        },
      },
      request => knowledge.show(request.params.id, knowledgeActorOf(request)),
    )

    app.get(
      '/knowledge/:id/diff',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Compare two versions',
          description: 'What of it is another, field by field.',
          params: knowledgeParams,
          querystring: knowledgeDiffQuery,
          response: { 200: knowledgeDiffSchema, ...refusals(404, 422, 503) },
        },
      },
      ({ params, query }) => knowledge.diff(params.id, query.from, query.to),
    )

    app.post(
      '/knowledge/:id/change',
      {
        config: { ...editors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Change an entry',
          description:
            'A draft becomes another; of what is published a new version is drafted, and the old one answers meanwhile. It names the version and revision that were seen.',
          params: knowledgeParams,
          body: knowledgeChangeBody,
          response: { 200: knowledgeDetailSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => {
        const { content, ...seen } = request.body
        return knowledge.change(request.params.id, seen, content, knowledgeActorOf(request))
      },
    )

    app.post(
      '/knowledge/:id/submit',
      {
        config: { ...editors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Submit a draft for review',
          description: 'A second person reads it and publishes it or sends it back.',
          params: knowledgeParams,
          body: knowledgeActBody,
          response: { 200: knowledgeDetailSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => {
        const { version, note } = request.body
        return knowledge.submit(request.params.id, version, knowledgeActorOf(request), note)
      },
    )

    app.post(
      '/knowledge/examples/withdraw',
      {
        config: { roles: ['supervisor'], trail: rules() },
        schema: {
          tags,
          summary: 'Withdraw all examples',
          description: 'None that came with the product, or is marked as an example, answers from now on.',
          response: { 200: knowledgeExamplesWithdrawn, ...refusals(422, 503) },
        },
      },
      async request => ({ withdrawn: await knowledge.withdrawExamples(knowledgeActorOf(request)) }),
    )

    app.post(
      '/knowledge/:id/withdraw',
      {
        config: { ...editors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Withdraw an entry',
          description: 'It answers nothing from now on; what is right comes as a new version.',
          params: knowledgeParams,
          body: knowledgeActBody,
          response: { 200: knowledgeDetailSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => {
        const { version, note } = request.body
        return knowledge.withdraw(request.params.id, version, knowledgeActorOf(request), note)
      },
    )

    app.post(
      '/knowledge/:id/uses',
      {
        config: { roles: ['seat', 'supervisor'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'Use an entry',
          description:
            'Gives the words to read out, to send as a text message or to cite, and counts it. Only a version that holds now.',
          params: knowledgeParams,
          body: knowledgeUseBody,
          response: { 200: knowledgeUsedSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => {
        const { version, how } = request.body
        return knowledge.use(request.params.id, version, how)
      },
    )
  }
