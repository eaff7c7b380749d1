import { flowFaults } from './faults.ts'
import { flowHoldings } from './holdings.ts'
import { flowMigrations } from './versions/migrations.ts'

/** What the product must know of this room before it starts. */
export const flowBrings = { tables: flowMigrations, holdings: flowHoldings, faults: flowFaults }
