import { ledgerFaults } from './faults.ts'
import { ledgerHoldings } from './holdings.ts'
import { ledgerMigrations } from './migrations.ts'

/** What the product must know of this room before it starts. */
export const ledgerBrings = { tables: ledgerMigrations, holdings: ledgerHoldings, faults: ledgerFaults }
