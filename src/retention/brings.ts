import { retentionFaults } from './faults.ts'
import { retentionHoldings } from './holdings.ts'
import { retentionQueues } from './jobs.ts'
import { retentionMigrations } from './migrations.ts'

/** What the product must know of this room before it starts. */
export const retentionBrings = {
  tables: retentionMigrations,
  holdings: retentionHoldings,
  queues: retentionQueues,
  faults: retentionFaults,
}
