import { z } from 'zod'
import { Fault } from '../../foundation/index.ts'
import { type OrderActor, orderValues } from '../../orders/api.ts'
import { unitPeopleSchema } from '../../orders/inbox/api.ts'
import { type Orders, unitIdOf } from '../../orders/index.ts'
import type { Staff } from '../../staff/index.ts'
import { type Routes, refusals } from '../route.ts'
import { readerOf } from './actor.ts'

const query = z.object({
  unit: orderValues.unit.optional().describe('For the centre; a unit asks for its own'),
})

/** Checks that a person belongs to the unit. @throws Fault `person-unknown` */
export async function checkIsOfUnit(
  { staff, orders }: { readonly staff: Pick<Staff, 'list'>; readonly orders: Pick<Orders, 'rules'> },
  person: string | undefined,
  by: OrderActor,
): Promise<void> {
  if (person === undefined) return
  const idOf = (unit: string | undefined) => unit && unitIdOf(unit, orders.rules)
  const found = (await staff.list()).find(({ name }) => name === person)
  if (found?.role === 'unit' && idOf(found.unit) === idOf(by.unit)) return
  throw new Fault({
    code: 'person-unknown',
    place: 'body.person',
    found: `"${person}"`,
    expected: 'somebody of the unit',
  })
}

/** The people of a unit, with the orders on each one's desk. */
export const inboxRoutes =
  ({ orders }: { readonly orders: Pick<Orders, 'people'> }): Routes =>
  app => {
    app.get(
      '/orders/people',
      {
        config: { roles: ['unit', 'supervisor'], trail: 'nothing' },
        schema: {
          tags: ['orders'],
          summary: 'Count the orders of each person of a unit',
          description: 'Of those that run: how many each has, how many are not signed, yellow and red.',
          querystring: query,
          response: { 200: unitPeopleSchema, ...refusals(503) },
        },
      },
      request => orders.people(request.query.unit, readerOf(request.person)),
    )
  }
