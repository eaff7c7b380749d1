import { captionFaults } from './faults.ts'
import { captionHoldings } from './holdings.ts'
import { captionMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const captionBrings = { tables: captionMigrations, holdings: captionHoldings, faults: captionFaults }
