import type { Orders } from '../../orders/index.ts'
import {
  instructionPageSchema,
  instructionQuerySchema,
  sitePageSchema,
  supervisionCountsSchema,
} from '../../orders/supervising/listing/api.ts'
import { type Routes, refusals } from '../route.ts'
import { readerOf } from './actor.ts'

const tags = ['orders']
const readers = { roles: ['dispatcher', 'supervisor', 'unit'] as const }

/** Pending instructions at the three levels of supervision. */
export const supervisingRoutes =
  ({ orders }: { readonly orders: Pick<Orders, 'supervising' | 'kindName'> }): Routes =>
  app => {
    app.get(
      '/orders/instructions',
      {
        config: { ...readers, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List instructions',
          description:
            'What units have to answer at a level of supervision, or had to; one of a unit sees their own.',
          querystring: instructionQuerySchema,
          response: { 200: instructionPageSchema, ...refusals(422, 503) },
        },
      },
      async ({ query, person }) => {
        const { instructions, next } = await orders.supervising.instructions(query, readerOf(person))
        return {
          instructions: instructions.map(one => ({ ...one, kindName: orders.kindName(one.kind) })),
          next,
        }
      },
    )

    app.get(
      '/orders/instructions/counts',
      {
        config: { ...readers, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Count what waits at the levels',
          description: 'By level and light, problem orders, and looks at places.',
          response: { 200: supervisionCountsSchema, ...refusals(503) },
        },
      },
      ({ person }) => orders.supervising.counts(readerOf(person)),
    )

    app.get(
      '/orders/site-checks',
      {
        config: { roles: ['dispatcher', 'supervisor'], trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List looks at places that wait',
          description: 'Asked for, and written down by nobody yet.',
          response: { 200: sitePageSchema, ...refusals(503) },
        },
      },
      async () => {
        const { sites } = await orders.supervising.sites()
        return { sites: sites.map(one => ({ ...one, kindName: orders.kindName(one.kind) })) }
      },
    )
  }
