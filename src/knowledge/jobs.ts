import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** The hourly round that tells owners which entries end within 30 and 7 days. At most one job waits. */
export const knowledgeEndingQueue = defineQueue({
  name: 'knowledge-ending',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  retries: 20,
})

export const knowledgeQueues = [knowledgeEndingQueue]
