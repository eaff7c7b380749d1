import type { Clock } from '../../foundation/index.ts'
import { orderParamsSchema } from '../../orders/api.ts'
import type { Orders } from '../../orders/index.ts'
import { ordersTogetherSchema } from '../../orders/repeating/api.ts'
import { type Routes, refusals } from '../route.ts'
import { read } from '../trail/marks.ts'
import { readerOf } from './actor.ts'
import { summaryOf } from './view.ts'

type Dependencies = {
  readonly orders: Pick<Orders, 'together' | 'kindName'>
  readonly clock: Clock
}

/** Orders related to one: merged with it, split from it, and those that it may repeat. */
export const togetherRoutes =
  ({ orders, clock }: Dependencies): Routes =>
  app => {
    app.get(
      '/orders/:number/together',
      {
        config: {
          roles: ['seat', 'dispatcher', 'supervisor', 'unit'] as const,
          trail: read('number'),
        },
        schema: {
          tags: ['orders'],
          summary: 'Show orders that have to do with one',
          description:
            'With which order it is handled, which are handled with it, which others its demand was split into, and which it may repeat, with the words and the place that both have. One of a unit sees their unit’s alone, and nothing of what may be repeated.',
          params: orderParamsSchema,
          response: { 200: ordersTogetherSchema, ...refusals(404, 422, 503) },
        },
      },
      async ({ params: { number }, person }) => {
        const { lead, merged, split, like } = await orders.together.of(number, readerOf(person))
        const shown = (line: Parameters<typeof summaryOf>[0]) => summaryOf(line, clock.now(), orders.kindName)
        return {
          lead: lead && shown(lead),
          merged: merged.map(shown),
          split: split.map(shown),
          like: like.map(({ line, ...why }) => ({ order: shown(line), ...why })),
        }
      },
    )
  }
