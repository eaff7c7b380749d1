import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** Owners are told what ends within 30 and 7 days. One waits, for the next hour. */
export const knowledgeEndingQueue = defineQueue({
  name: 'knowledge-ending',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  retries: 20,
})

export const knowledgeQueues = [knowledgeEndingQueue]
