import { trailFaults } from './faults.ts'
import { trailHoldings } from './holdings.ts'
import { trailMigrations } from './migrations.ts'

/** What the product must know of this room before it starts. */
export const trailBrings = { tables: trailMigrations, holdings: trailHoldings, faults: trailFaults }
