import { staffFaults } from './faults.ts'
import { staffHoldings } from './holdings.ts'
import { staffMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const staffBrings = { tables: staffMigrations, holdings: staffHoldings, faults: staffFaults }
