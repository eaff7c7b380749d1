import { incidentFaults } from './faults.ts'
import { incidentHoldings } from './holdings.ts'
import { incidentMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const incidentBrings = {
  tables: incidentMigrations,
  holdings: incidentHoldings,
  faults: incidentFaults,
}
