import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type RuleSubjectName,
  ruleDraftSchema,
  ruleEditBody,
  ruleHistorySchema,
  ruleListSchema,
  ruleParams,
  rulePublishBody,
  ruleUseBody,
  ruleVersionParams,
  ruleVersionShownSchema,
} from '../../rulebook/api.ts'
import type { Rulebook } from '../../rulebook/index.ts'
import type { Staff } from '../../staff/index.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { writtenAs } from '../sessions.ts'
import { param, rules } from '../trail/marks.ts'

const tags = ['rules']
const readers = { roles: ['supervisor' as const, 'auditor' as const], trail: 'nothing' as const }
const writers = { trail: rules(param('subject')) }

type Dependencies = {
  readonly rulebook: Omit<Rulebook, 'close'>
  readonly staff: Pick<Staff, 'checkSecondPerson'>
}

export const ruleRoutes =
  ({ rulebook, staff }: Dependencies): Routes =>
  app => {
    const decider = oneOfTwo(staff)
    /** The actor. Rules that need two persons need signed-in members: a token does not tell who uses it. */
    async function byOf(subject: RuleSubjectName, request: FastifyRequest): Promise<string> {
      return rulebook.needsSecond(subject) ? decider(request) : writtenAs(request.person)
    }

    app.get(
      '/rules',
      {
        config: readers,
        schema: {
          tags,
          summary: 'List the city’s rules',
          description:
            'Of each subject the file that it began with, what holds since when and by whom, what will, and whether somebody writes a draft.',
          response: { 200: ruleListSchema, ...refusals(503) },
        },
      },
      () => rulebook.list(),
    )

    app.get(
      '/rules/:subject',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show rules and their versions',
          description: 'What holds now, as a file would have it, and every version with its author and why.',
          params: ruleParams,
          response: { 200: ruleHistorySchema, ...refusals(503) },
        },
      },
      ({ params }) => rulebook.history(params.subject),
    )

    app.get(
      '/rules/:subject/versions/:number',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show a version of rules',
          description: 'Its text, and what it changed.',
          params: ruleVersionParams,
          response: { 200: ruleVersionShownSchema, ...refusals(404, 503) },
        },
      },
      ({ params }) => rulebook.version(params.subject, params.number),
    )

    app.get(
      '/rules/:subject/draft',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show the draft of rules',
          description:
            'Its text, what is other in it, and all that keeps it from being published, with line and column. Where there is none, the text that one would begin with.',
          params: ruleParams,
          response: { 200: ruleDraftSchema, ...refusals(503) },
        },
      },
      ({ params }) => rulebook.draft(params.subject),
    )

    app.post(
      '/rules/:subject/draft',
      {
        config: writers,
        bodyLimit: 2 * 1024 * 1024,
        schema: {
          tags,
          summary: 'Write the draft of rules',
          description:
            'The whole text, as a file would have it; the first begins a draft. There is one of a subject, and it holds nowhere. What is wrong in it is said at once, and kept all the same.',
          params: ruleParams,
          body: ruleEditBody,
          response: { 200: ruleDraftSchema, ...refusals(409, 413, 503) },
        },
      },
      async request => {
        const { subject } = request.params
        return rulebook.edit(subject, request.body, await byOf(subject, request))
      },
    )

    app.delete(
      '/rules/:subject/draft',
      {
        config: writers,
        schema: {
          tags,
          summary: 'Give the draft of rules up',
          description: 'What was written in it is gone.',
          params: ruleParams,
          response: { 204: z.undefined().describe('Gone'), ...refusals(404, 503) },
        },
      },
      async ({ params }, reply) => {
        await rulebook.discard(params.subject)
        return reply.code(204).send()
      },
    )

    app.post(
      '/rules/:subject/versions',
      {
        config: writers,
        schema: {
          tags,
          summary: 'Publish the draft of rules',
          description:
            'It becomes a version and holds on every node, at once or from the time that is named. With anything wrong in it it is refused, each fault with its place. Where `needsSecond` is so, whoever wrote in it cannot publish it.',
          params: ruleParams,
          body: rulePublishBody,
          response: { 201: ruleHistorySchema, ...refusals(403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { subject } = request.params
        const by = await byOf(subject, request)
        return reply.code(201).send(await rulebook.publish(subject, request.body, by))
      },
    )

    app.post(
      '/rules/:subject/versions/:number/use',
      {
        config: writers,
        schema: {
          tags,
          summary: 'Have a version of rules hold',
          description:
            'One that was published before, at once or from the time that is named. What was to hold from a later time on does not, unless that is decided anew. Where `needsSecond` is so, its text goes into a draft instead.',
          params: ruleVersionParams,
          body: ruleUseBody,
          response: { 200: ruleHistorySchema, ...refusals(403, 404, 422, 503) },
        },
      },
      async request => {
        const { subject, number } = request.params
        return rulebook.use(subject, number, request.body.fromMs, await byOf(subject, request))
      },
    )
  }
