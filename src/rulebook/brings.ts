import { rulebookFaults } from './faults.ts'
import { rulebookHoldings } from './holdings.ts'
import { rulebookMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const rulebookBrings = {
  tables: rulebookMigrations,
  holdings: rulebookHoldings,
  faults: rulebookFaults,
}
