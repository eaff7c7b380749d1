import { surveyFaults } from './faults.ts'
import { surveyHoldings } from './holdings.ts'
import { surveyQueues } from './jobs.ts'
import { surveyMigrations } from './migrations.ts'

/** What the house must know of this room before it opens. */
export const surveyBrings = {
  tables: surveyMigrations,
  holdings: surveyHoldings,
  queues: surveyQueues,
  faults: surveyFaults,
}
