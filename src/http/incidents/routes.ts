import type { FastifyRequest } from 'fastify'
import {
  incidentListSchema,
  incidentParamsSchema,
  incidentSchema,
  newIncidentSchema,
  publicIncidentListSchema,
} from '../../incidents/api.ts'
import type { Incidents } from '../../incidents/index.ts'
import { problemSchema } from '../api.ts'
import { type Routes, refusals } from '../route.ts'

const tags = ['known incidents']
const supervisors = { roles: ['supervisor'] as const }

type Dependencies = { readonly incidents: Pick<Incidents, 'list' | 'make' | 'end' | 'current'> }

/** Whoever has signed in; a program does not tell who uses it. */
const nameOf = ({ person }: FastifyRequest) =>
  person === null || person === 'program' ? 'api-token' : person.member.name

export const incidentRoutes =
  ({ incidents }: Dependencies): Routes =>
  app => {
    app.get(
      '/incidents',
      {
        config: { roles: ['seat', 'supervisor'] },
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
        config: supervisors,
        schema: {
          tags,
          summary: 'Make an incident known',
          description:
            'From then on, and until its end, callers are told of it before the queue, and pages show it. Of several the newest two are told.',
          body: newIncidentSchema,
          response: { 201: incidentSchema, ...refusals(422, 503) },
        },
      },
      async (request, reply) => reply.code(201).send(await incidents.make(request.body, nameOf(request))),
    )

    app.post(
      '/incidents/:id/end',
      {
        config: supervisors,
        schema: {
          tags,
          summary: 'End an incident',
          description: 'Before its time; callers are told of it no more.',
          params: incidentParamsSchema,
          response: { 200: incidentSchema, ...refusals(404, 409, 503) },
        },
      },
      request => incidents.end(request.params.id, nameOf(request)),
    )
  }

/** What citizens' pages show: open to everybody, and from memory. */
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
