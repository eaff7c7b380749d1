import type { FastifyRequest } from 'fastify'
import { Fault } from '../../foundation/index.ts'
import {
  incidentChangeBody,
  incidentDetailSchema,
  incidentEndBody,
  incidentListSchema,
  incidentMakeBody,
  incidentParamsSchema,
  incidentSchema,
  publicIncidentListSchema,
} from '../../incidents/api.ts'
import type { Incidents } from '../../incidents/index.ts'
import { problemSchema } from '../api.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn, writtenAs } from '../sessions.ts'
import { param, rules } from '../trail/marks.ts'

const tags = ['known incidents']
const supervisors = { roles: ['supervisor'] as const }

type Dependencies = {
  readonly incidents: Pick<Incidents, 'list' | 'show' | 'make' | 'change' | 'end' | 'current'>
}

/** The acting person's name: the session's member, or the person stated by a program together with the program. */
function nameOf({ person }: FastifyRequest, stated: string | undefined): string {
  const member = memberIn(person)
  if (!member) return stated === undefined ? writtenAs(person) : `${stated} (${writtenAs(person)})`
  if (stated === undefined) return member.name
  throw new Fault({
    code: 'actor-wrong',
    place: 'body.by',
    found: '`by` from somebody who has signed in',
    expected: 'none: the session says who acts',
  })
}

export const incidentRoutes =
  ({ incidents }: Dependencies): Routes =>
  app => {
    app.get(
      '/incidents',
      {
        config: { roles: ['seat', 'supervisor'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'List known incidents',
          description: 'The latest first, those that are over among them, with how many callers they affect.',
          response: { 200: incidentListSchema, ...refusals(503) },
        },
      },
      async () => ({ incidents: await incidents.list() }),
    )

    app.post(
      '/incidents',
      {
        config: { ...supervisors, trail: rules() },
        schema: {
          tags,
          summary: 'Make an incident known',
          description:
            'From then on, and until its end, callers are told of it before the queue, and pages show it. Of several the newest two are told.',
          body: incidentMakeBody,
          response: { 201: incidentSchema, ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { by, ...incident } = request.body
        return reply.code(201).send(await incidents.make(incident, nameOf(request, by)))
      },
    )

    app.get(
      '/incidents/:id',
      {
        config: { roles: ['seat', 'supervisor'], trail: 'nothing' },
        schema: {
          tags,
          summary: 'Show an incident',
          description: 'With what happened to it: who did what, and when.',
          params: incidentParamsSchema,
          response: { 200: incidentDetailSchema, ...refusals(404, 503) },
        },
      },
      request => incidents.show(request.params.id),
    )

    app.post(
      '/incidents/:id/change',
      {
        config: { ...supervisors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'Change an incident',
          description:
            'Other words, another place or another end: a later one prolongs it. Callers hear it so from now on; whoever was counted stays counted.',
          params: incidentParamsSchema,
          body: incidentChangeBody,
          response: { 200: incidentSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => {
        const { by, ...change } = request.body
        return incidents.change(request.params.id, change, nameOf(request, by))
      },
    )

    app.post(
      '/incidents/:id/end',
      {
        config: { ...supervisors, trail: rules(param('id')) },
        schema: {
          tags,
          summary: 'End an incident',
          description: 'Before its time; callers are told of it no more.',
          params: incidentParamsSchema,
          body: incidentEndBody,
          response: { 200: incidentSchema, ...refusals(404, 409, 503) },
        },
      },
      request => incidents.end(request.params.id, nameOf(request, request.body?.by)),
    )
  }

/** Known incidents for citizens' pages: open to everybody, and served from memory. */
export const currentIncidentRoutes =
  ({ incidents }: { readonly incidents: Pick<Incidents, 'current'> }): Routes =>
  app => {
    app.get(
      '/current-incidents',
      {
        config: { rateLimit: { max: 120, timeWindow: 60_000 } },
        schema: {
          tags,
          summary: 'List incidents that are now',
          description: 'What is wrong in the city now, where, and until when; for anybody to read.',
          response: { 200: publicIncidentListSchema, 429: problemSchema },
        },
      },
      async (_, reply) => reply.header('cache-control', 'no-store').send({ incidents: incidents.current() }),
    )
  }
