import { knowledgeFaults } from './faults.ts'
import { knowledgeHoldings } from './holdings.ts'
import { knowledgeQueues } from './jobs.ts'
import { knowledgeMigrations } from './migrations.ts'

/** What this room brings to the house before it opens. */
export const knowledgeBrings = {
  tables: knowledgeMigrations,
  holdings: knowledgeHoldings,
  queues: knowledgeQueues,
  faults: knowledgeFaults,
}
