import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** Deletes what is over. One job waits for the next hour. */
export const sweepQueue = defineQueue({
  name: 'retention-sweep',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  leaseS: 600,
  retries: 20,
})

/** Forgets somebody in every room. After a crash it starts again. */
export const forgetQueue = defineQueue({
  name: 'retention-forget',
  data: z.object({ forgetting: z.string() }),
  atOnce: 1,
  leaseS: 600,
  retries: 20,
})

export const retentionQueues = [sweepQueue, forgetQueue]
