import { catalogueFaults } from './faults.ts'
import { catalogueHoldings } from './holdings.ts'
import { catalogueMigrations } from './versions/migrations.ts'

/** What the house must know of this room before it opens. */
export const catalogueBrings = {
  tables: catalogueMigrations,
  holdings: catalogueHoldings,
  faults: catalogueFaults,
}
