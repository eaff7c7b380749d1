import { flowFaults } from './faults.ts'
import { flowHoldings } from './holdings.ts'
import { flowMigrations } from './versions/migrations.ts'

/** What the house has to know of this room before it opens. */
export const flowBrings = { tables: flowMigrations, holdings: flowHoldings, faults: flowFaults }
