import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Calendar } from '../../city/index.ts'
import { type Clock, Fault, oneOf } from '../../foundation/index.ts'
import { orderActSchema } from '../../orders/acting/api.ts'
import {
  contactAnswerSchema,
  contactCheckedSchema,
  contactCheckSchema,
  type OrderActor,
  orderDetailSchema,
  orderParamsSchema,
} from '../../orders/api.ts'
import type { Orders } from '../../orders/index.ts'
import {
  type OrderListQuery,
  orderCountsSchema,
  orderFileParamsSchema,
  orderFileQuerySchema,
  orderPageSchema,
  orderQuerySchema,
} from '../../orders/listing/api.ts'
import {
  foreseenSchema,
  foreseeRequestSchema,
  nearOrdersSchema,
  nearRequestSchema,
  newOrderRequestSchema,
} from '../../orders/making/api.ts'
import { orderRulesSchema } from '../../orders/ruling/api.ts'
import { type Routes, refusals } from '../route.ts'
import type { NameDependencies } from '../staff/names.ts'
import { changed, inBody, param, read } from '../trail/marks.ts'
import { actorOf, readerOf } from './actor.ts'
import { fileTypes, orderFile } from './export.ts'
import { checkIsOfUnit } from './inbox.ts'
import { detailFor, rulesOf, summaryOf } from './view.ts'

const everybody = { roles: ['seat', 'dispatcher', 'supervisor', 'unit'] as const }

export type OrderDependencies = NameDependencies & {
  readonly orders: Omit<
    Orders,
    | 'statusOf'
    | 'isTextOnly'
    | 'isUncontacted'
    | 'answered'
    | 'follow'
    | 'handlers'
    | 'sockets'
    | 'health'
    | 'close'
  >
  readonly calendar: Calendar
  readonly clock: Clock
  readonly timeZone: string
}

const unknownUnit = (unit: string, units: readonly string[]) =>
  new Fault({
    code: 'request-invalid',
    place: 'querystring.unit',
    found: JSON.stringify(unit),
    expected: oneOf(unit, units),
  })

export const orderRoutes =
  (dependencies: OrderDependencies): Routes =>
  app => {
    const { orders, clock, timeZone } = dependencies
    const detail = detailFor(dependencies)
    app.get(
      '/orders',
      {
        config: {
          ...everybody,
          trail: {
            act: ({ query }) =>
              (query.caller ?? query.call ?? query.words) === undefined ? 'listed' : 'searched',
            about: ({ query }) => query.call,
            number: ({ query }) => query.caller,
          },
        },
        schema: {
          tags: ['orders'],
          summary: 'List orders',
          description:
            'Those that run, the most pressing first; with `stage=closed` those that are closed, the latest first; with `caller` all of one caller, with `words` all that have these words in them. One of a unit sees their unit’s, or with `helping` those that it was asked to help with.',
          querystring: orderQuerySchema,
          response: { 200: orderPageSchema, ...refusals(503) },
        },
      },
      async request => {
        const { lines, next } = await orders.list(request.query, readerOf(request.person))
        const { unit } = request.query
        const units = [...orders.rules.units.keys()]
        // An abolished unit may still have orders.
        if (unit !== undefined && lines.length === 0 && !units.includes(unit)) throw unknownUnit(unit, units)
        return { orders: lines.map(line => summaryOf(line, clock.now(), orders.kindName)), next }
      },
    )

    async function* summaries(query: OrderListQuery, reader: OrderActor) {
      for await (const lines of orders.pages(query, reader))
        yield lines.map(line => summaryOf(line, clock.now(), orders.kindName))
    }
    app.get(
      '/orders/file/:format',
      {
        config: { ...everybody, trail: { act: 'exported', about: () => 'orders' } },
        schema: {
          tags: ['orders'],
          summary: 'Take a list of orders along',
          description:
            'The whole list as CSV or XLSX, in words, as far as whoever asks may see it; no telephone’s number is in it. It is written as it is read, however long it is. What would be run as a formula is text.',
          params: orderFileParamsSchema,
          querystring: orderFileQuerySchema,
          response: { 200: z.unknown().describe('The file'), ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { format } = request.params
        const { lang, ...query } = request.query
        const said = { language: lang, timeZone, rules: orders.rules }
        // Refusals must come before the file begins.
        const pages = await begun(summaries(query, readerOf(request.person)))
        return reply
          .type(fileTypes[format])
          .header('content-disposition', `attachment; filename="orders.${format}"`)
          .header('cache-control', 'private, no-store')
          .send(Readable.from(orderFile(format, pages, said)))
      },
    )

    app.get(
      '/orders/counts',
      {
        config: { ...everybody, trail: 'nothing' },
        schema: {
          tags: ['orders'],
          summary: 'Count orders',
          description: 'How many of those that run each list has; one of a unit counts their unit’s.',
          response: { 200: orderCountsSchema, ...refusals(503) },
        },
      },
      request => orders.counts(readerOf(request.person)),
    )

    app.get(
      '/orders/rules',
      {
        config: { ...everybody, trail: 'nothing' },
        schema: {
          tags: ['orders'],
          summary: 'Show the rules of orders',
          description: 'Units, categories with what they want, and whose limits hold.',
          response: { 200: orderRulesSchema, ...refusals() },
        },
      },
      async () => rulesOf(orders.rules),
    )

    app.get(
      '/orders/:number',
      {
        config: { ...everybody, trail: read('number') },
        schema: {
          tags: ['orders'],
          summary: 'Show an order',
          description: 'The order, its clocks, and everything that happened to it.',
          params: orderParamsSchema,
          response: { 200: orderDetailSchema, ...refusals(404, 422, 503) },
        },
      },
      async request => {
        const reader = readerOf(request.person)
        return detail(await orders.show(request.params.number, reader), reader)
      },
    )

    app.post(
      '/orders',
      {
        config: {
          roles: ['seat', 'supervisor'],
          trail: { act: 'changed', about: inBody('call'), number: inBody('caller') },
        },
        schema: {
          tags: ['orders'],
          summary: 'Make an order',
          description:
            'Dispatched to its unit at once, or, where it is not known whose it is, left to a dispatcher: `undecided`, no kind, or no unit in the catalogue for its district. Its clock begins at the first ring of the call. Refused when the caller has an open order of the same category, which should be added to.',
          body: newOrderRequestSchema,
          response: { 201: orderDetailSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const by = actorOf(request.person, request.body.by)
        return reply.code(201).send(await detail(await orders.make(request.body, by), by))
      },
    )

    app.post(
      '/orders/foreseen',
      {
        config: { roles: ['seat', 'dispatcher', 'supervisor'], trail: 'nothing' },
        schema: {
          tags: ['orders'],
          summary: 'Say what an order would come to',
          description:
            'Which unit would have it and until when, by the rules that would make it; nothing is made.',
          body: foreseeRequestSchema,
          response: { 200: foreseenSchema, ...refusals(404, 422, 503) },
        },
      },
      request => orders.foresee(request.body, readerOf(request.person)),
    )

    app.post(
      '/orders/near',
      {
        config: { roles: ['seat', 'supervisor'], trail: { act: 'listed' } },
        schema: {
          tags: ['orders'],
          summary: 'List open orders that may be about the same thing',
          description:
            'Of the same street, and of the same kind or told in like words, the likest first: at most five. Which of the caller’s own are told in like words is said beside them. Asked before another is made.',
          body: nearRequestSchema,
          response: { 200: nearOrdersSchema, ...refusals(422, 503) },
        },
      },
      async ({ body }) => {
        const { lines, own } = await orders.near(body)
        return { orders: lines.map(line => summaryOf(line, clock.now(), orders.kindName)), own }
      },
    )

    app.post(
      '/orders/:number/acts',
      {
        config: {
          ...everybody,
          trail: {
            act: ({ body }) => (body.do === 'reveal' ? 'revealed' : 'changed'),
            about: param('number'),
          },
        },
        schema: {
          tags: ['orders'],
          summary: 'Act on an order',
          description:
            'Dispatchers say whose an order is that waits for it; units sign, support where they were asked to, ask others for help, reveal a number, report progress, return, ask for an extension and close; supervisors appoint a unit, say what an order is about and decide on extensions; seats add what a caller says and note that they rang.',
          params: orderParamsSchema,
          body: orderActSchema,
          response: { 200: orderDetailSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        const { by: stated, ...command } = request.body
        const by = actorOf(request.person, stated)
        if (command.do === 'assign') await checkIsOfUnit(dependencies, command.person, by)
        return detail(await orders.act(request.params.number, command, by), by)
      },
    )

    const desk = { roles: ['seat', 'supervisor'] as const }

    app.post(
      '/orders/:number/contact-check',
      {
        config: { ...desk, trail: { act: 'called', about: param('number') } },
        schema: {
          tags: ['orders'],
          summary: 'Send a code to the citizen’s number',
          description:
            'To a number that is to be rung and never rang us. The answer is the same for every number; codes are few.',
          params: orderParamsSchema,
          body: contactCheckSchema,
          response: { 200: contactCheckedSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => ({
        untilMs: await orders.contact.check(request.params.number, actorOf(request.person, request.body.by)),
      }),
    )

    app.post(
      '/orders/:number/contact-check/answer',
      {
        config: { ...desk, trail: changed('number') },
        schema: {
          tags: ['orders'],
          summary: 'Say which code was read back',
          description: 'The right one makes the number one that may be rung. Five tries, ten minutes.',
          params: orderParamsSchema,
          body: contactAnswerSchema,
          response: { 200: orderDetailSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        const by = actorOf(request.person, request.body.by)
        return detail(await orders.contact.readBack(request.params.number, request.body.code, by), by)
      },
    )
  }

/** The same sequence, with its first item already fetched. */
async function begun<One>(all: AsyncGenerator<One>): Promise<AsyncGenerator<One>> {
  const first = await all.next()
  return (async function* () {
    if (!first.done) yield first.value
    yield* all
  })()
}
