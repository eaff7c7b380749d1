import { Readable } from 'node:stream'
import { z } from 'zod'
import { csvOf, excelMark, xlsxOf } from '../../foundation/index.ts'
import {
  dispatchDraftShownSchema,
  dispatchFileParamsSchema,
  dispatchFileQuerySchema,
  dispatchImportSchema,
  dispatchTrialQuerySchema,
  dispatchTrialSchema,
} from '../../orders/dispatching/api.ts'
import type { Orders } from '../../orders/index.ts'
import { ruleDraftSchema } from '../../rulebook/api.ts'
import type { Rulebook } from '../../rulebook/index.ts'
import type { Staff } from '../../staff/index.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { rules } from '../trail/marks.ts'
import { fileTypes } from './export.ts'

const tags = ['rules']
const readers = { roles: ['dispatcher' as const, 'supervisor' as const], trail: 'nothing' as const }

type Dependencies = {
  readonly orders: Pick<Orders, 'dispatching'>
  readonly rulebook: Omit<Rulebook, 'close'>
  readonly staff: Pick<Staff, 'checkSecondPerson'>
}

/**
 * The dispatch catalogue as a table, and what it would do; it is published and taken back at /rules/dispatch, like
 * all rules.
 */
export const dispatchCatalogueRoutes =
  ({ orders, rulebook, staff }: Dependencies): Routes =>
  app => {
    const drafting = orders.dispatching.drafting(rulebook)
    /** Two persons publish it, so its author must be signed in. */
    const byOf = oneOfTwo(staff)

    app.get(
      '/dispatch-catalogue/file/:format',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Take the dispatch catalogue along as a table',
          description: 'What holds, or what is being written: a row a row, units by their names.',
          params: dispatchFileParamsSchema,
          querystring: dispatchFileQuerySchema,
          response: { 200: z.unknown().describe('The file'), ...refusals(422, 503) },
        },
      },
      async ({ params: { format }, query: { of, lang } }, reply) => {
        const { head, rows } = await drafting.table(of, lang)
        const whole = excelMark + csvOf([head.map(([name]) => name), ...rows])
        const parts = format === 'xlsx' ? xlsxOf('dispatch', head, inOne(rows)) : [whole]
        return reply
          .type(fileTypes[format])
          .header('content-disposition', `attachment; filename="dispatch.${format}"`)
          .send(Readable.from(parts))
      },
    )

    app.post(
      '/dispatch-catalogue/file',
      {
        config: { roles: ['dispatcher', 'supervisor'], trail: rules(() => 'dispatch') },
        bodyLimit: 15_000_000,
        schema: {
          tags,
          summary: 'Bring the dispatch catalogue back from a table',
          description:
            'A CSV or XLSX takes the place of all rows of the draft. Refused with row and column where a column is missing or strange, a unit, code, place or day is none, a kind and place have two owners at a time, or somewhere nobody leads; nothing of it is taken then.',
          body: dispatchImportSchema,
          response: { 200: dispatchDraftShownSchema, ...refusals(403, 409, 413, 422, 503) },
        },
      },
      async request => drafting.import(request.body, await byOf(request)),
    )

    app.get(
      '/dispatch-catalogue/draft',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Show the draft of the dispatch catalogue',
          description: 'As /rules/dispatch/draft shows it, for those who write it.',
          response: { 200: ruleDraftSchema, ...refusals(503) },
        },
      },
      () => rulebook.draft('dispatch'),
    )

    app.get(
      '/dispatch-catalogue/trial',
      {
        config: readers,
        schema: {
          tags,
          summary: 'Try the draft of the dispatch catalogue on orders',
          description:
            'How many orders of the last days would go elsewhere by it, from whom to whom, by kind and place, and the latest of them.',
          querystring: dispatchTrialQuerySchema,
          response: { 200: dispatchTrialSchema, ...refusals(422, 503) },
        },
      },
      ({ query: { days, on } }) => drafting.trial(days, on),
    )
  }

async function* inOne<One>(all: One): AsyncGenerator<One> {
  yield all
}
