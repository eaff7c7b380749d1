import { callbackFaults } from './faults.ts'
import { callbackHoldings } from './holdings.ts'
import { callbackQueues } from './jobs.ts'
import { callbackMigrations } from './migrations.ts'

/** What the house must know of this room before it opens. */
export const callbackBrings = {
  tables: callbackMigrations,
  holdings: callbackHoldings,
  queues: callbackQueues,
  faults: callbackFaults,
}
