import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** It is time to look who is to be rung. One a minute waits, however many surveys fall due in it. */
export const surveyRoundQueue = defineQueue({
  name: 'survey-round',
  data: z.object({}),
  keyed: true,
  atOnce: 1,
  retries: 20,
})

/** A link is to be sent: the token is made when it is, so that it is kept nowhere but in the message. */
export const surveyLinkQueue = defineQueue({
  name: 'survey-link',
  data: z.object({ survey: z.string() }),
  leaseS: 30,
})

export const surveyQueues = [surveyRoundQueue, surveyLinkQueue]
