import { z } from 'zod'
import { defineQueue } from '../../jobs/index.ts'

/** One night waits at a time; one node learns, within its lease. */
export const learningQueue = defineQueue({
  name: 'kind-learning',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  retries: 20,
  leaseS: 900,
})
