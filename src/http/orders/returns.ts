import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Orders } from '../../orders/index.ts'
import { orderFileParamsSchema } from '../../orders/listing/api.ts'
import {
  returnFiguresSchema,
  returnFileQuerySchema,
  returnPageSchema,
  returnPeriodSchema,
  returnQuerySchema,
} from '../../orders/returning/api.ts'
import { type Routes, refusals } from '../route.ts'
import { fileTypes } from './export.ts'
import { returnFile } from './return-file.ts'

const centre = { roles: ['supervisor', 'dispatcher'] as const }
const tags = ['orders']

type Dependencies = {
  readonly orders: Pick<Orders, 'returns' | 'rules'>
  readonly timeZone: string
}

/** The ledger of returns (退单台账): the way of each order, and the time lost. */
export const returnRoutes =
  ({ orders, timeZone }: Dependencies): Routes =>
  app => {
    app.get(
      '/orders/returns',
      {
        config: { ...centre, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List returns',
          description:
            'The latest asked for first, each with the way that its order went and the time that was lost.',
          querystring: returnQuerySchema,
          response: { 200: returnPageSchema, ...refusals(422, 503) },
        },
      },
      request => orders.returns.list(request.query),
    )

    app.get(
      '/orders/returns/figures',
      {
        config: { ...centre, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Count returns',
          description: 'Time lost by pair of units, grounds, and how many the centre upheld.',
          querystring: returnPeriodSchema,
          response: { 200: returnFiguresSchema, ...refusals(422, 503) },
        },
      },
      request => orders.returns.figures(request.query),
    )

    app.get(
      '/orders/returns/file/:format',
      {
        config: { ...centre, trail: { act: 'exported', about: () => 'returns' } },
        schema: {
          tags,
          summary: 'Take the ledger of returns along',
          description:
            'All returns of the period as CSV or XLSX, in words. What would be run as a formula is text.',
          params: orderFileParamsSchema,
          querystring: returnFileQuerySchema,
          response: { 200: z.unknown().describe('The file'), ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { format } = request.params
        const { lang, ...period } = request.query
        const said = { language: lang, timeZone, rules: orders.rules }
        return reply
          .type(fileTypes[format])
          .header('content-disposition', `attachment; filename="returns.${format}"`)
          .header('cache-control', 'private, no-store')
          .send(Readable.from(returnFile(format, orders.returns.pages(period), said)))
      },
    )
  }
