import { ledgerFaults } from './faults.ts'
import { ledgerHoldings } from './holdings.ts'
import { ledgerMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const ledgerBrings = { tables: ledgerMigrations, holdings: ledgerHoldings, faults: ledgerFaults }
