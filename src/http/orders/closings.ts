import { orderParamsSchema } from '../../orders/api.ts'
import {
  checkedFiguresSchema,
  checkedPageSchema,
  checkedPeriodSchema,
  checkedQuerySchema,
  closingDraftSchema,
  lacksSchema,
} from '../../orders/checking/api.ts'
import type { Orders } from '../../orders/index.ts'
import { type Routes, refusals } from '../route.ts'
import { read } from '../trail/marks.ts'
import { readerOf } from './actor.ts'

const supervisors = { roles: ['supervisor'] as const }
const tags = ['orders']

/** What the rules find lacking in closings: before one is sent, and in those that the centre reviews. */
export const closingRoutes =
  ({ orders: { closings } }: { readonly orders: Pick<Orders, 'closings'> }): Routes =>
  app => {
    app.post(
      '/orders/:number/closing-check',
      {
        config: { roles: ['unit', 'supervisor'], trail: read('number') },
        schema: {
          tags,
          summary: 'Say what a closing would lack',
          description:
            'By phrases and words alone, before it is sent: it warns, and keeps nobody from closing. Nothing is written.',
          params: orderParamsSchema,
          body: closingDraftSchema,
          response: { 200: lacksSchema, ...refusals(404, 422, 503) },
        },
      },
      async request => ({
        lacks: await closings.foresee(request.params.number, request.body, readerOf(request.person)),
      }),
    )

    app.get(
      '/closings',
      {
        config: { ...supervisors, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List the sample of closings',
          description:
            'Closings that somebody of the centre is to look at, with what the rules found lacking, or those that were looked at. What is said of one goes to its order, as `judge-closing`.',
          querystring: checkedQuerySchema,
          response: { 200: checkedPageSchema, ...refusals(422, 503) },
        },
      },
      request => closings.list(request.query),
    )

    app.get(
      '/closings/figures',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Count closings in which something lacks',
          description: 'By unit, and how often whoever looked found what the rules had found.',
          querystring: checkedPeriodSchema,
          response: { 200: checkedFiguresSchema, ...refusals(422, 503) },
        },
      },
      request => closings.figures(request.query),
    )
  }
