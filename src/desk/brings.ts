import { deskFaults } from './faults.ts'
import { deskHoldings } from './holdings.ts'
import { deskMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const deskBrings = { tables: deskMigrations, holdings: deskHoldings, faults: deskFaults }
