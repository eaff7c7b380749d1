import { draftFaults } from './faults.ts'
import { draftHoldings } from './holdings.ts'
import { learningQueue } from './learning/jobs.ts'
import { learningMigrations } from './learning/migrations.ts'
import { draftMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const draftBrings = {
  tables: [...draftMigrations, ...learningMigrations],
  queues: [learningQueue],
  holdings: draftHoldings,
  faults: draftFaults,
}
