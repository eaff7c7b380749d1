import { staffFaults } from './faults.ts'
import { staffHoldings } from './holdings.ts'
import { staffMigrations } from './migrations.ts'

/** What the product must know of this room before it starts. */
export const staffBrings = { tables: staffMigrations, holdings: staffHoldings, faults: staffFaults }
