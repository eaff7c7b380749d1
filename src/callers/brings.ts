import { callerFaults } from './faults.ts'
import { callerHoldings } from './holdings.ts'
import { callerMigrations } from './migrations.ts'

/** What the house must know of this room before it opens. */
export const callerBrings = { tables: callerMigrations, holdings: callerHoldings, faults: callerFaults }
