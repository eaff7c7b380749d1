import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** Time to see whom to ring. One job per minute, however many surveys are due in it. */
export const surveyRoundQueue = defineQueue({
  name: 'survey-round',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  retries: 20,
})

/** Sends a link. Its token is made at that moment, so that it exists only in the message. */
export const surveyLinkQueue = defineQueue({
  name: 'survey-link',
  data: z.object({ survey: z.string() }),
  leaseS: 30,
})

export const surveyQueues = [surveyRoundQueue, surveyLinkQueue]
