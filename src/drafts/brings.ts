import { draftFaults } from './faults.ts'
import { draftHoldings } from './holdings.ts'
import { draftMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const draftBrings = {
  tables: draftMigrations,
  holdings: draftHoldings,
  faults: draftFaults,
}
