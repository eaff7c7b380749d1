import { z } from 'zod'

/** What is answered to citizens, word for word. */
export const knowledgeSettings = {
  /** Entries as files, which are taken in by `jieting knowledge import`, and synonyms.txt, which every start reads. */
  KNOWLEDGE_DIR: z.string().default('./knowledge'),
  /** Whether the examples in KNOWLEDGE_DIR answer from the first start on; when absent, what the city's file says. */
  KNOWLEDGE_EXAMPLES: z
    .enum(['on', 'off'], { error: 'on or off' })
    .optional()
    .transform(said => (said === undefined ? undefined : said === 'on')),
}
