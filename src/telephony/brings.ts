import { callFaults } from './faults.ts'
import { callHoldings } from './journal/holdings.ts'
import { callMigrations } from './journal/migrations.ts'
import { dialMigrations } from './lines/twilio/dial-book.ts'

/** What the house has to know of this room before it opens. */
export const callBrings = {
  tables: [...callMigrations, ...dialMigrations],
  holdings: callHoldings,
  faults: callFaults,
}
