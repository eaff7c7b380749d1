import type { Drafts, Learning } from '../../drafts/index.ts'
import { orderParamsSchema } from '../../orders/api.ts'
import { byRuleFiguresSchema, byRuleQuerySchema, suggestedUnitsSchema } from '../../orders/dispatching/api.ts'
import type { Orders } from '../../orders/index.ts'
import { type Routes, refusals } from '../route.ts'
import { read } from '../trail/marks.ts'
import { readerOf } from './actor.ts'

type Dependencies = {
  readonly orders: Pick<Orders, 'dispatching'>
  readonly drafts: { readonly kinds: Pick<Drafts['kinds'], 'suggest'> }
  readonly learning: Pick<Learning, 'ready'>
}

/** Unit suggestions for orders that wait at the centre; the dispatcher's decision is an act on the order. */
export const dispatchRoutes =
  ({ orders, drafts, learning }: Dependencies): Routes =>
  app => {
    app.get(
      '/orders/:number/units',
      {
        config: { roles: ['dispatcher', 'supervisor'], trail: read('number') },
        schema: {
          tags: ['orders'],
          summary: 'Suggest units for an order',
          description:
            'At most three units that an order may be dispatched to, each with the kind, whom the catalogue names for it and which words weighed. It decides nothing. Refused once the order is dispatched.',
          params: orderParamsSchema,
          response: { 200: suggestedUnitsSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        await learning.ready()
        return orders.dispatching.units(request.params.number, drafts.kinds.suggest, readerOf(request.person))
      },
    )

    app.get(
      '/orders/by-rule',
      {
        config: { roles: ['dispatcher', 'supervisor', 'auditor'], trail: 'nothing' },
        schema: {
          tags: ['orders'],
          summary: 'Count what was dispatched by itself',
          description:
            'By kind: how many went by themselves, were taken back, were chosen for a dispatcher to look at, and of these were right.',
          querystring: byRuleQuerySchema,
          response: { 200: byRuleFiguresSchema, ...refusals(422, 503) },
        },
      },
      ({ query }) => orders.dispatching.byRule(query.days),
    )
  }
