import { z } from 'zod'

/** What is answered to citizens, word for word. */
export const knowledgeSettings = {
  /** Entries as files, which are taken in by `jieting knowledge import`, and synonyms.txt, which every start reads. */
  KNOWLEDGE_DIR: z.string().default('./knowledge'),
}
