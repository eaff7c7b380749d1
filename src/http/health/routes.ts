import { type Clock, type Part, partsInTime } from '../../foundation/index.ts'
import { livenessSchema, problemSchema, readinessSchema } from '../api.ts'
import type { Routes } from '../route.ts'

export type HealthDependencies = {
  /** Every part, and whether it is up. */
  health(): Promise<readonly Part[]>
  readonly clock: Clock
}

export const healthRoutes =
  ({ health, clock }: HealthDependencies): Routes =>
  app => {
    app.get(
      '/livez',
      {
        config: { rateLimit: false, at: 'both' },
        schema: {
          tags: ['health'],
          summary: 'Alive?',
          description: 'Answers as long as the process does; restart it when it does not.',
          response: { 200: livenessSchema },
        },
      },
      async () => ({ alive: true as const }),
    )

    app.get(
      '/readyz',
      {
        config: { rateLimit: false, at: 'operations' },
        schema: {
          tags: ['health'],
          summary: 'Ready?',
          description:
            'Each part and whether it is up; 503 while a part is down that calls cannot do without.',
          response: { 200: readinessSchema, 503: readinessSchema, 500: problemSchema },
        },
      },
      async (_request, reply) => {
        const parts = await partsInTime(clock, health)
        const ready = parts.every(part => part.up || !part.needed)
        return reply.code(ready ? 200 : 503).send({ ready, parts })
      },
    )
  }
