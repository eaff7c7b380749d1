import { z } from 'zod'
import type { Metrics } from '../metrics.ts'
import type { Routes } from '../route.ts'

export const metricsRoute =
  (metrics: Metrics): Routes =>
  app => {
    app.get(
      '/metrics',
      {
        config: { rateLimit: false, at: 'operations' },
        schema: {
          tags: ['health'],
          summary: 'Figures for Prometheus',
          description: 'Calls, line, seats, media and this process, in the text format 0.0.4.',
          response: { 200: z.string() },
        },
      },
      async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    )
  }
