import { orderFaults } from './faults.ts'
import { orderHoldings } from './holdings.ts'
import { orderQueues } from './jobs.ts'
import { orderMigrations } from './migrations.ts'

/** What the house must know of this room before it opens. */
export const orderBrings = {
  tables: orderMigrations,
  holdings: orderHoldings,
  queues: orderQueues,
  faults: orderFaults,
}
