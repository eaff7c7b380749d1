import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** Whatever is over goes. One waits, for the next hour. */
export const sweepQueue = defineQueue({
  name: 'retention-sweep',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  leaseS: 600,
  retries: 20,
})

/** Somebody is to be forgotten, in every room; a crash half-way begins again. */
export const forgetQueue = defineQueue({
  name: 'retention-forget',
  data: z.object({ forgetting: z.string() }),
  atOnce: 1,
  leaseS: 600,
  retries: 20,
})

export const retentionQueues = [sweepQueue, forgetQueue]
