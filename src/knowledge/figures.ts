import { counter, type Figure, labelled } from '../foundation/index.ts'
import type { KnowledgeUse } from './api.ts'

/** What this node has done with knowledge since it started. */
export type KnowledgeCounts = {
  searches: number
  unanswered: number
  told: number
  readonly uses: Record<KnowledgeUse, number>
}

/** Metrics of the knowledge base. */
export const knowledgeFigures = (counts: KnowledgeCounts): readonly Figure[] => [
  counter('jieting_knowledge_searches_total', 'Searches that somebody finished', () => counts.searches),
  counter('jieting_knowledge_unanswered_total', 'Of them, those without an answer', () => counts.unanswered),
  counter('jieting_knowledge_notices_total', 'Ends of entries that owners were told of', () => counts.told),
  counter('jieting_knowledge_uses_total', 'Times that an entry was read out, sent or cited', () =>
    labelled('how', counts.uses),
  ),
]
