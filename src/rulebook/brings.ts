import { rulebookFaults } from './faults.ts'
import { rulebookHoldings } from './holdings.ts'
import { rulebookMigrations } from './migrations.ts'

/** What the product must know of this room before it starts. */
export const rulebookBrings = {
  tables: rulebookMigrations,
  holdings: rulebookHoldings,
  faults: rulebookFaults,
}
