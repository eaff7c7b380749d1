import { type Asked, type ChangePages, type Clock, type Log, openChangePages } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'

/** What is told to all nodes of an order that changed: its number, and the units that it concerns. */
const channel = 'orders_changed'

export const tellChange = (queries: Queries, number: string, units: readonly string[]): Promise<void> =>
  queries.notify(channel, [number, ...new Set(units)].join(' '))

type OrderPages = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The unit that a member works for; undefined for who may see all. */
  unitOf(member: Asked['member']): string | undefined
}

/** Pages of orders; one of a unit hears of that unit's orders alone. */
export const openOrderScreens = ({ database, clock, log, unitOf }: OrderPages): ChangePages =>
  openChangePages({
    path: '/orders/live',
    roles: ['seat', 'dispatcher', 'supervisor', 'unit'],
    listen: hear => database.listen(channel, hear),
    readerOf: unitOf,
    changeIn(told) {
      const [id = '', ...units] = told.split(' ')
      return { id, concerns: unit => unit === undefined || units.includes(unit) }
    },
    clock,
    log,
  })
