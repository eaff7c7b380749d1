import { incidentFaults } from './faults.ts'
import { incidentHoldings } from './holdings.ts'
import { incidentMigrations } from './migrations.ts'

/** What the product must know of this room before it starts. */
export const incidentBrings = {
  tables: incidentMigrations,
  holdings: incidentHoldings,
  faults: incidentFaults,
}
