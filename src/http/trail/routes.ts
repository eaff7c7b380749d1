import { Readable } from 'node:stream'
import { z } from 'zod'
import { trailExportQuerySchema, trailPageSchema, trailQuerySchema } from '../../trail/api.ts'
import type { Trail } from '../../trail/index.ts'
import { type Routes, refusals } from '../route.ts'

const auditors = { roles: ['auditor'] as const }
const tags = ['audit']

/** The trail, for the data protection officer. Reading it is recorded, too. */
export const trailRoutes =
  ({ trail }: { readonly trail: Pick<Trail, 'list' | 'export'> }): Routes =>
  app => {
    app.get(
      '/trail',
      {
        config: {
          ...auditors,
          trail: {
            act: 'audited',
            about: ({ query }) => query.person ?? query.about,
            number: ({ query }) => query.number,
          },
        },
        schema: {
          tags,
          summary: 'Who did what',
          description:
            'Who read, searched, revealed, heard, exported, erased, signed in and changed rights or rules; the latest first.',
          querystring: trailQuerySchema,
          response: { 200: trailPageSchema, ...refusals(503) },
        },
      },
      async request => trail.list(request.query),
    )

    app.get(
      '/trail/export',
      {
        config: { ...auditors, trail: { act: 'exported', about: () => 'trail' } },
        schema: {
          tags,
          summary: 'Export the audit trail',
          description: 'As lines of JSON, or as syslog (RFC 5424).',
          querystring: trailExportQuerySchema,
          response: { 200: z.unknown().describe('Lines'), ...refusals(503) },
        },
      },
      async (request, reply) =>
        reply
          .type(request.query.format === 'syslog' ? 'text/plain; charset=utf-8' : 'application/x-ndjson')
          .send(Readable.from(trail.export(request.query))),
    )
  }
