import { trailFaults } from './faults.ts'
import { trailHoldings } from './holdings.ts'
import { trailMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const trailBrings = { tables: trailMigrations, holdings: trailHoldings, faults: trailFaults }
