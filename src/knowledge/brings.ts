import { knowledgeFaults } from './faults.ts'
import { knowledgeHoldings } from './holdings.ts'
import { knowledgeQueues } from './jobs.ts'
import { knowledgeMigrations } from './migrations.ts'

/** What the house has to know of this room before it opens. */
export const knowledgeBrings = {
  tables: knowledgeMigrations,
  holdings: knowledgeHoldings,
  queues: knowledgeQueues,
  faults: knowledgeFaults,
}
