import { deskFaults } from './faults.ts'
import { deskHoldings } from './holdings.ts'
import { deskMigrations } from './migrations.ts'

/** What this room brings to the house before it opens. */
export const deskBrings = { tables: deskMigrations, holdings: deskHoldings, faults: deskFaults }
