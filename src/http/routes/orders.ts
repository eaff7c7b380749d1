import { z } from 'zod'
import { Fault } from '../../foundation/index.ts'
import {
  contactAnswerSchema,
  contactCheckedSchema,
  contactCheckSchema,
  newOrderRequestSchema,
  type OrderActor,
  orderActSchema,
  orderDetailSchema,
  orderPageSchema,
  orderParamsSchema,
  orderQuerySchema,
  orderRulesSchema,
} from '../contract.ts'
import { type Routes, refusals } from '../route.ts'
import type { Person } from '../sessions.ts'

const everybody = { roles: ['seat', 'supervisor', 'unit'] as const }

export const orderRoutes: Routes = (app, { doors: { orders } }) => {
  app.get(
    '/orders',
    {
      config: everybody,
      schema: {
        tags: ['orders'],
        summary: 'List orders',
        description:
          'Those that run, the most pressing first; with `stage=closed` those that are closed, the latest first; with `caller` all of one caller. One of a unit sees their unit’s.',
        querystring: orderQuerySchema,
        response: { 200: orderPageSchema, ...refusals(503) },
      },
    },
    async request => orders.list(request.query, readerOf(request.person)),
  )

  app.get(
    '/orders/rules',
    {
      config: everybody,
      schema: {
        tags: ['orders'],
        summary: 'Show the rules of orders',
        description: 'Units, categories with what they want, and whose limits hold.',
        response: { 200: orderRulesSchema, ...refusals() },
      },
    },
    async () => orders.rules(),
  )

  app.get(
    '/orders/:number',
    {
      config: everybody,
      schema: {
        tags: ['orders'],
        summary: 'Show an order',
        description: 'The order, its clocks, and everything that happened to it.',
        params: orderParamsSchema,
        response: { 200: orderDetailSchema, ...refusals(404, 422, 503) },
      },
    },
    async request => orders.show(request.params.number, readerOf(request.person)),
  )

  app.post(
    '/orders',
    {
      config: { roles: ['seat', 'supervisor'] },
      schema: {
        tags: ['orders'],
        summary: 'Make an order',
        description:
          'Dispatched to its unit at once. Its clock begins at the first ring of the call. Refused when the caller has an open order of the same category, which should be added to.',
        body: newOrderRequestSchema,
        response: { 201: orderDetailSchema, ...refusals(404, 409, 422, 503) },
      },
    },
    async (request, reply) => {
      const { by, ...order } = request.body
      return reply.code(201).send(await orders.make(order, actorOf(request.person, by)))
    },
  )

  app.post(
    '/orders/:number/acts',
    {
      config: everybody,
      schema: {
        tags: ['orders'],
        summary: 'Act on an order',
        description:
          'Units sign, support, report progress, return, ask for an extension and close; supervisors appoint a unit, say what an order is about and decide on extensions; seats add what a caller says and note that they rang.',
        params: orderParamsSchema,
        body: orderActSchema,
        response: { 200: orderDetailSchema, ...refusals(404, 409, 422, 503) },
      },
    },
    async request => {
      const { by, ...act } = request.body
      return orders.act(request.params.number, act, actorOf(request.person, by))
    },
  )

  const desk = { roles: ['seat', 'supervisor'] as const }

  app.post(
    '/orders/:number/contact-check',
    {
      config: desk,
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
      config: desk,
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
      const { code, by } = request.body
      return orders.contact.readBack(request.params.number, code, actorOf(request.person, by))
    },
  )

  app.delete(
    '/orders/:number',
    {
      schema: {
        tags: ['orders'],
        summary: 'Erase an order',
        description:
          'A closed one whose citizen was asked: the order, its history, its files and the citizen’s numbers. What was answered stays in the rates.',
        params: orderParamsSchema,
        response: { 204: z.undefined().describe('Erased'), ...refusals(404, 409, 422, 503) },
      },
    },
    async (request, reply) => {
      const { person } = request
      await orders.erase(
        request.params.number,
        person === 'program' ? 'program' : (person?.member.name ?? ''),
      )
      return reply.code(204).send()
    },
  )
}

/** Whose eyes it is for: a program sees what a supervisor does. */
export function readerOf(person: Person | null): OrderActor {
  return person === 'program' ? { role: 'supervisor', person: 'program' } : memberOf(person)
}

/** A session says who acts, a program states it: neither can act as somebody else. */
export function actorOf(person: Person | null, stated: OrderActor | undefined): OrderActor {
  if (person !== 'program') {
    if (stated) throw actorFault('`by` from somebody who has signed in', 'none: the session says who acts')
    return memberOf(person)
  }
  if (!stated) throw actorFault('nothing', '{ role, person, unit } of whom the program acts for')
  return stated
}

function memberOf(person: Exclude<Person, 'program'> | null): OrderActor {
  if (person === null) throw actorFault('nobody', 'somebody who has signed in')
  const { name, role, unit } = person.member
  return {
    // An admin may see and decide everything; a unit's work is the unit's.
    role: role === 'admin' ? 'supervisor' : role,
    person: name,
    unit,
  }
}

const actorFault = (found: string, expected: string) =>
  new Fault({ code: 'actor-wrong', place: 'body.by', found, expected })
