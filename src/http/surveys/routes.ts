import { z } from 'zod'
import { readOrderNumber } from '../../orders/index.ts'
import type { Staff } from '../../staff/index.ts'
import {
  campaignChangeSchema,
  campaignListSchema,
  campaignParamsSchema,
  exclusionDecisionSchema,
  exclusionListSchema,
  exclusionSchema,
  rateListSchema,
  rateQuerySchema,
} from '../../surveys/api.ts'
import type { Surveys } from '../../surveys/index.ts'
import { actorOf } from '../guard.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody, param, rules } from '../trail/marks.ts'

const supervisors = { roles: ['supervisor'] as const }
const tags = ['survey calls']

/** The part of surveys that supervisors use. */
export type SurveyDesk = Pick<
  Surveys,
  'campaigns' | 'move' | 'rates' | 'formula' | 'exclusions' | 'ask' | 'decide'
>

/** Parses the number as people type it, so that a typing error is reported as such and not as an unknown order. */
const ofOrder = <Asked extends { readonly order: string }>(asked: Asked) => ({
  ...asked,
  order: readOrderNumber(asked.order),
})

export const surveyRoutes =
  ({
    surveys,
    staff,
  }: {
    readonly surveys: SurveyDesk
    readonly staff: Pick<Staff, 'checkSecondPerson'>
  }): Routes =>
  app => {
    const decider = oneOfTwo(staff)
    app.get(
      '/campaigns',
      {
        config: { ...supervisors, trail: 'nothing' },
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
          config: { ...supervisors, trail: rules(param('name')) },
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
          await surveys.move(request.params.name, state, { ...request.body, by: actorOf(request) })
          return { campaigns: await surveys.campaigns() }
        },
      )

    app.get(
      '/rates',
      {
        config: { ...supervisors, trail: 'nothing' },
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
        formula: surveys.formula,
        groups: await surveys.rates(request.query.by, request.query),
      }),
    )

    app.get(
      '/surveys/exclusions',
      {
        config: { ...supervisors, trail: 'nothing' },
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
      '/surveys/exclusions',
      {
        config: { ...supervisors, isForMembers: true, trail: rules(inBody('order')) },
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
        const by = await decider(request)
        await surveys.ask({ ...ofOrder(request.body), by })
        return reply.code(204).send()
      },
    )

    app.post(
      '/surveys/exclusions/decision',
      {
        config: { ...supervisors, isForMembers: true, trail: rules(inBody('order')) },
        schema: {
          tags,
          summary: 'Decide on an exclusion',
          description: 'By somebody else than whoever asked for it.',
          body: exclusionDecisionSchema,
          response: { 204: z.undefined().describe('Decided'), ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const by = await decider(request)
        await surveys.decide({ ...ofOrder(request.body), by })
        return reply.code(204).send()
      },
    )
  }
