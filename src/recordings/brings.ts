import { recordingFaults } from './faults.ts'
import { recordingHoldings } from './holdings.ts'
import { recordingMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const recordingBrings = {
  tables: recordingMigrations,
  holdings: recordingHoldings,
  faults: recordingFaults,
}
