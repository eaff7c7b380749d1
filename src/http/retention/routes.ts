import { z } from 'zod'
import {
  forgetDecisionSchema,
  forgetRequestSchema,
  forgettingListSchema,
  forgettingSchema,
  holdParamsSchema,
  holdSchema,
  newHoldSchema,
  personExportSchema,
  personSchema,
  retentionSchema,
} from '../../retention/api.ts'
import type { Retention } from '../../retention/index.ts'
import type { Staff } from '../../staff/index.ts'
import { memberOf } from '../guard.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { inBody, param, rules } from '../trail/marks.ts'

const auditors = { roles: ['auditor'] as const }
const members = { ...auditors, isForMembers: true }
const tags = ['persons']

/**
 * Retention, for the data protection officer. Telephone numbers are sent in the body, because intermediaries log
 * request addresses.
 */
export const retentionRoutes =
  ({
    retention,
    staff,
  }: {
    readonly retention: Omit<Retention, 'close' | 'handlers' | 'figures' | 'refuseErasure' | 'sweep'>
    readonly staff: Pick<Staff, 'checkSecondPerson'>
  }): Routes =>
  app => {
    const decider = oneOfTwo(staff)

    app.get(
      '/retention',
      {
        config: { ...auditors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Show how long what is kept',
          description:
            'Each kind of data with its days, what went when they were over, and what is held beyond them.',
          response: { 200: retentionSchema, ...refusals(503) },
        },
      },
      async () => retention.show(),
    )

    app.post(
      '/holds',
      {
        config: {
          ...members,
          trail: { act: 'rules-changed', about: inBody('order'), number: inBody('number') },
        },
        schema: {
          tags,
          summary: 'Hold somebody or an order',
          description: 'Nothing of them is let go or forgotten until a day. By a member who has signed in.',
          body: newHoldSchema,
          response: { 201: holdSchema, ...refusals(422, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await retention.hold(request.body, memberOf(request).name)),
    )

    app.post(
      '/holds/:id/end',
      {
        config: { ...members, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Lift a hold before its day',
          description: 'From then on what is over goes, and whoever waits to be forgotten is.',
          params: holdParamsSchema,
          response: { 204: z.undefined().describe('Lifted'), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        await retention.lift(request.params.id, memberOf(request).name)
        return reply.code(204).send()
      },
    )

    app.post(
      '/persons/export',
      {
        config: { ...auditors, trail: { act: 'exported', about: () => 'person', number: inBody('number') } },
        schema: {
          tags,
          summary: 'Export all of one person',
          description:
            'All that any room has of a number, by table and folder, as one file. Of recordings and evidence their names.',
          body: personSchema,
          response: { 200: personExportSchema, ...refusals(422, 503) },
        },
      },
      async request => retention.export(request.body.number),
    )

    app.get(
      '/persons/forgettings',
      {
        config: { ...auditors, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List who is to be forgotten',
          description:
            'Those that are not over first, then the latest; with what went, and what had to stay.',
          response: { 200: forgettingListSchema, ...refusals(503) },
        },
      },
      async () => ({ forgettings: await retention.forgettings() }),
    )

    app.post(
      '/persons/forgettings',
      {
        config: {
          ...members,
          trail: { act: 'changed', about: ({ body }) => body.call ?? 'forgetting', number: inBody('number') },
        },
        schema: {
          tags,
          summary: 'Ask that somebody is forgotten',
          description:
            'All of one number; or one call alone, with what was said and recorded in it, and the callback that it is owed. Another member has to agree.',
          body: forgetRequestSchema,
          response: { 201: forgettingSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await retention.ask(request.body, await decider(request))),
    )

    app.post(
      '/persons/forgettings/decision',
      {
        config: {
          ...members,
          trail: {
            act: ({ body }) => (body.agreed === true ? 'erased' : 'changed'),
            about: ({ body }) => body.call ?? 'person',
            number: inBody('number'),
          },
        },
        schema: {
          tags,
          summary: 'Decide whether somebody is forgotten',
          description:
            'By somebody else than whoever asked for it. Agreed, it goes over every room, and on by itself until nothing has to stay.',
          body: forgetDecisionSchema,
          response: { 200: forgettingSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => retention.decide(request.body, await decider(request)),
    )
  }
