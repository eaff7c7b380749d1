import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Fault } from '../../foundation/index.ts'
import {
  anchorsSchema,
  auditQuerySchema,
  campaignChangeSchema,
  campaignListSchema,
  campaignParamsSchema,
  exclusionDecisionSchema,
  exclusionListSchema,
  exclusionSchema,
  linkAnswerSchema,
  linkParamsSchema,
  linkStateSchema,
  linkTakenSchema,
  problemSchema,
  rateListSchema,
  rateQuerySchema,
  surveyAuditSchema,
} from '../contract.ts'
import { memberOf } from '../guard.ts'
import { type App, type RouteContext, type Routes, refusals } from '../route.ts'

const supervisors = { roles: ['supervisor'] as const }
const tags = ['survey calls']

/** Whoever has signed in; a program does not tell who uses it. */
const nameOf = ({ person }: FastifyRequest) =>
  person === null || person === 'program' ? 'api-token' : person.member.name

export const surveyRoutes: Routes = (app, { doors: { surveys } }) => {
  app.get(
    '/campaigns',
    {
      config: supervisors,
      schema: {
        tags,
        summary: 'List campaigns',
        description: 'Each with its pace, whom it reached, and who answered by hour.',
        response: { 200: campaignListSchema, ...refusals(503) },
      },
    },
    async () => ({ campaigns: await surveys.campaigns() }),
  )

  const moves = [
    ['start', 'running', 'Goes on where it was; whoever is due is rung at the hours that suit.'],
    ['pause', 'paused', 'Calls that are up go on; nobody new is rung and nothing is sent.'],
    ['stop', 'stopped', 'The same as a pause, for longer: somebody has to look before it goes on.'],
  ] as const
  for (const [verb, state, description] of moves)
    app.post(
      `/campaigns/:name/${verb}`,
      {
        config: supervisors,
        schema: {
          tags,
          description,
          summary: `${verb[0]?.toUpperCase()}${verb.slice(1)} a campaign`,
          params: campaignParamsSchema,
          body: campaignChangeSchema,
          response: { 200: campaignListSchema, ...refusals(404, 409, 503) },
        },
      },
      async request => {
        await surveys.move(request.params.name, state, { ...request.body, by: nameOf(request) })
        return { campaigns: await surveys.campaigns() }
      },
    )

  app.get(
    '/rates',
    {
      config: supervisors,
      schema: {
        tags,
        summary: 'Show the three rates',
        description:
          'Response, solved and satisfied by unit, street or category, each with how many were asked, reached and answered, and the formula.',
        querystring: rateQuerySchema,
        response: { 200: rateListSchema, ...refusals(503) },
      },
    },
    async request => ({
      by: request.query.by,
      formula: surveys.formula(),
      groups: await surveys.rates(request.query),
    }),
  )

  app.get(
    '/surveys/exclusions',
    {
      config: supervisors,
      schema: {
        tags,
        summary: 'List exclusions',
        description: 'Those that wait for a second person first, then the latest; by whom, and why.',
        response: { 200: exclusionListSchema, ...refusals(503) },
      },
    },
    async () => ({ exclusions: await surveys.exclusions() }),
  )

  app.post(
    '/surveys/audit',
    {
      config: supervisors,
      schema: {
        tags,
        summary: 'Audit the surveys',
        description:
          'Walks every chain of hashes, holds what is counted against what happened, and lists what looks coached.',
        querystring: auditQuerySchema,
        body: anchorsSchema,
        response: { 200: surveyAuditSchema, ...refusals(503) },
      },
    },
    async request => surveys.audit(request.query, request.body),
  )

  app.post(
    '/surveys/exclusions',
    {
      config: supervisors,
      schema: {
        tags,
        summary: 'Ask for an exclusion',
        description:
          'That a closing leaves the rates, for a reason of the rules. Another person has to agree.',
        body: exclusionSchema,
        response: { 204: z.undefined().describe('Asked for'), ...refusals(404, 409, 422, 503) },
      },
    },
    async (request, reply) => {
      await surveys.ask({ ...request.body, by: memberOf(request).name })
      return reply.code(204).send()
    },
  )

  app.post(
    '/surveys/exclusions/decision',
    {
      config: supervisors,
      schema: {
        tags,
        summary: 'Decide on an exclusion',
        description: 'By somebody else than whoever asked for it.',
        body: exclusionDecisionSchema,
        response: { 204: z.undefined().describe('Decided'), ...refusals(404, 409, 422, 503) },
      },
    },
    async (request, reply) => {
      await surveys.decide({ ...request.body, by: memberOf(request).name })
      return reply.code(204).send()
    },
  )
}

/** Nobody guesses 128 bits; who tries is stopped early all the same. */
const pace = { rateLimit: { max: 30, timeWindow: 60_000 } }
const problems = { 400: problemSchema, 404: problemSchema, 429: problemSchema, 503: problemSchema }

/** What the page of a link asks: open to whoever holds the link, and to nobody else. */
export function linkRoutes(app: App, { doors: { surveys } }: RouteContext): void {
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
