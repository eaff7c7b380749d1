import { Readable } from 'node:stream'
import { z } from 'zod'
import {
  catalogueDetailSchema,
  catalogueFileParamsSchema,
  catalogueFileQuerySchema,
  cataloguePageSchema,
  catalogueParamsSchema,
  catalogueQuerySchema,
} from '../../catalogue/api.ts'
import type { CatalogueBook } from '../../catalogue/index.ts'
import type { Orders } from '../../orders/index.ts'
import { fileTypes } from '../orders/export.ts'
import { type Routes, refusals } from '../route.ts'
import { catalogueFile } from './file.ts'

const tags = ['catalogue']
/** The catalogue holds no personal data. */
const readers = { roles: ['supervisor' as const], trail: 'nothing' as const }

type Dependencies = {
  readonly catalogueBook: CatalogueBook
  readonly orders: Pick<Orders, 'rules'>
}

export const catalogueRoutes =
  ({ catalogueBook, orders }: Dependencies): Routes =>
  app => {
    app.get(
      '/catalogue',
      {
        config: readers,
        schema: {
          tags,
          summary: 'List kinds of the catalogue',
          description:
            'In the order of the catalogue; where something is looked for, those first whose own names or code have it.',
          querystring: catalogueQuerySchema,
          response: { 200: cataloguePageSchema, ...refusals() },
        },
      },
      async request => catalogueBook.list(request.query),
    )

    app.get(
      '/catalogue/:code',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show a kind of the catalogue',
          description:
            'All that is said of it and of its object, which unit answers in which district, and where it is written. A code that was moved leads to the kind that it is now.',
          params: catalogueParamsSchema,
          response: { 200: catalogueDetailSchema, ...refusals(404) },
        },
      },
      request => catalogueBook.show(request.params.code),
    )

    app.get(
      '/catalogue/file/:format',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Take the catalogue along',
          description: 'All kinds that fit, as CSV or XLSX, with all that the catalogue says of each.',
          params: catalogueFileParamsSchema,
          querystring: catalogueFileQuerySchema,
          response: { 200: z.unknown().describe('The file'), ...refusals() },
        },
      },
      (request, reply) => {
        const { format } = request.params
        const { lang, ...filter } = request.query
        const said = { language: lang, rules: orders.rules }
        return reply
          .type(fileTypes[format])
          .header('content-disposition', `attachment; filename="catalogue.${format}"`)
          .header('cache-control', 'private, no-store')
          .send(Readable.from(catalogueFile(format, catalogueBook.whole(filter), said)))
      },
    )
  }
