import { type Asked, type ChangePages, type Clock, type Log, openChangePages } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'

/** The channel that tells all nodes of a changed order: its number and the units concerned. */
const channel = 'orders_changed'

export const tellChange = (queries: Queries, number: string, units: readonly string[]): Promise<void> =>
  queries.notify(channel, [number, ...new Set(units)].join(' '))

type OrderPages = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The unit of a member; undefined for those who may see all orders. */
  unitOf(member: Asked['member']): string | undefined
}

/** Live pages of orders; a unit's page hears of that unit's orders only. */
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
